import type { Needle } from './secret-needles.ts';

/** Letters that decide whether it is worth to look closer; a piece of a needle is at least as long. */
export const GRAM = 4;
/** Hashes of so many bits. */
const HASH_BITS = 14;

/** Where a needle, or the beginning of one, stands in a text. */
export interface Find {
  readonly at: number;
  /** How many letters of the needle are there. */
  readonly length: number;
  readonly whole: boolean;
}

/**
 * Finds any number of needles in one walk over a text: a bundle of certificates has thousands of lines, each with its encodings, and texts are many.
 * All needles are of one form.
 */
export class NeedleIndex {
  readonly #beginnings = new Grams();
  readonly #ends = new Grams();
  /** Too short for a gram. */
  readonly #short: string[] = [];
  readonly #known = new Set<string>();

  add({ text }: Needle): void {
    if (text === '' || this.#known.has(text)) return;
    this.#known.add(text);
    if (text.length < GRAM) this.#short.push(text);
    else {
      this.#beginnings.add(text.slice(0, GRAM), text);
      this.#ends.add(text.slice(-GRAM), text);
    }
  }

  /** Every needle, and every beginning of one that has at least a gram. */
  findsIn(text: string): readonly Find[] {
    const finds = this.#short.flatMap((needle) => placesOf(needle, text).map((at): Find => ({ at, length: needle.length, whole: true })));
    this.#beginnings.walk(text, { from: 0 }, (at, needle) => {
      const length = commonLength(needle, text, at);
      finds.push({ at, length, whole: length === needle.length });
    });
    return finds;
  }

  /** How many letters from a place on are the end of a needle, at most; 0 for none. */
  longestEndAt(text: string, from: number): number {
    let longest = 0;
    this.#ends.walk(text, { from }, (at, needle) => {
      const length = at + GRAM - from;
      if (length < needle.length && needle.endsWith(text.slice(from, at + GRAM))) longest = Math.max(longest, length);
    });
    return longest;
  }
}

/** Texts by a gram of theirs, with a quick no for nearly all that is asked. */
class Grams {
  readonly #texts = new Map<string, string[]>();
  readonly #known = new Uint8Array(1 << HASH_BITS);

  add(gram: string, text: string): void {
    this.#known[hashAt(gram, 0)] = 1;
    const others = this.#texts.get(gram);
    if (others) others.push(text);
    else this.#texts.set(gram, [text]);
  }

  walk(text: string, { from }: { readonly from: number }, found: (at: number, known: string) => void): void {
    for (let at = from; at + GRAM <= text.length; at++) {
      if (this.#known[hashAt(text, at)] === 0) continue;
      for (const known of this.#texts.get(text.slice(at, at + GRAM)) ?? []) found(at, known);
    }
  }
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let n = 0; n < GRAM; n++) hash = Math.imul(hash, 31) + text.charCodeAt(at + n);
  return (hash ^ (hash >>> HASH_BITS)) & ((1 << HASH_BITS) - 1);
}

function commonLength(needle: string, text: string, at: number): number {
  const most = Math.min(needle.length, text.length - at);
  let length = 0;
  while (length < most && needle.charCodeAt(length) === text.charCodeAt(at + length)) length++;
  return length;
}

function placesOf(needle: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) places.push(at);
  return places;
}
