import type { Clock } from './clock.ts';
import type { ParameterSource } from './parameters.ts';

interface Entry {
  readonly value: Promise<unknown>;
  readonly readAt: number;
}

export interface CacheOptions {
  readonly clock: Clock;
  /** How long a value is good for, in milliseconds; 5 minutes unless told. */
  readonly ttlMs?: number;
}

/**
 * Remembers what a source answered. Age is compared by the wall clock at use, not by a timer: a sandbox that thaws after hours must not
 * serve yesterday's policy. Concurrent reads of one name share one request; failures are not remembered.
 */
export function cachedParameters(source: ParameterSource, { clock, ttlMs = 300_000 }: CacheOptions): ParameterSource {
  const entries = new Map<string, Entry>();
  const remember = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = entries.get(key);
    const ageMs = known ? clock.now() - known.readAt : Number.POSITIVE_INFINITY;
    // A negative age means that the clock was set back: then nothing is known about the real one.
    if (known && ageMs >= 0 && ageMs < ttlMs) return known.value as Promise<T>;
    const value = read();
    entries.set(key, { value, readAt: clock.now() });
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  };
  return {
    get: (name, signal) => remember(`plain ${name}`, () => source.get(name, signal)),
    secret: (name, signal) => remember(`secret ${name}`, () => source.secret(name, signal)),
  };
}
