/** Who is told of the end of a signal. */
export interface Listener {
  onAbort(): void;
}

const waiting = new WeakMap<AbortSignal, Set<Listener>>();

/** One listener for all: of a signal, each further one makes the next slower to add and to remove. Nobody is told of a signal that has aborted already. */
export function listenFor(signal: AbortSignal, listener: Listener): void {
  const known = waiting.get(signal);
  if (known) {
    known.add(listener);
    return;
  }
  waiting.set(signal, new Set([listener]));
  signal.addEventListener('abort', tellAll, { once: true });
}

/** Undoes {@link listenFor}; with the last one, the signal is let go of. */
export function stopListening(signal: AbortSignal, listener: Listener): void {
  const left = waiting.get(signal);
  left?.delete(listener);
  if (left?.size !== 0) return;
  waiting.delete(signal);
  signal.removeEventListener('abort', tellAll);
}

function tellAll(this: AbortSignal): void {
  for (const listener of waiting.get(this) ?? []) listener.onAbort();
}
