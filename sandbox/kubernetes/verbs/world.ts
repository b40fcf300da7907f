import type { Clock } from '../../../lib/platform/clock.ts';
import { timestamp } from '../api-object.ts';
import type { Store } from '../store.ts';

/** What every verb works on. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  /** The next suffix of a `generateName`: five characters, the same in every run. */
  readonly suffix: () => string;
}

/** Who writes and how far: recorded in managedFields, and whether the write is only tried. */
export interface WriteOptions {
  readonly manager: string;
  readonly dryRun?: boolean;
}

export function nowIn(world: World): string {
  return timestamp(world.clock.now());
}

/** The letters of generated names, as the API server uses them: no vowels, no look-alikes. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Suffixes that look random, never repeat within 27^5 calls and are the same in every run. */
export function suffixes(): () => string {
  const size = ALPHABET.length ** 5;
  let state = 7_654_321;
  return () => {
    // A step that shares no factor with 3 walks through all 27^5 values.
    state = (state + 8_675_309) % size;
    let rest = state;
    let text = '';
    for (let index = 0; index < 5; index++) {
      text += ALPHABET[rest % ALPHABET.length] ?? '';
      rest = Math.floor(rest / ALPHABET.length);
    }
    return text;
  };
}
