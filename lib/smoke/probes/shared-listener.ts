const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** One listener for all: of a signal, each further one makes the next slower to add and to remove. Nothing is called for a signal that has aborted already. */
export function listenFor(signal: AbortSignal, call: () => void): void {
  const known = waiting.get(signal);
  if (known) {
    known.add(call);
    return;
  }
  const calls = new Set([call]);
  waiting.set(signal, calls);
  signal.addEventListener('abort', tellAll, { once: true });
}

/** Undoes {@link listenFor}; with the last one, the signal is let go of. */
export function stopListening(signal: AbortSignal, call: () => void): void {
  const calls = waiting.get(signal);
  calls?.delete(call);
  if (calls?.size !== 0) return;
  waiting.delete(signal);
  signal.removeEventListener('abort', tellAll);
}

function tellAll(this: AbortSignal): void {
  for (const call of waiting.get(this) ?? []) call();
}
