import { type BodyReader, BodyTooLargeError } from './body-reader.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Enough of a key to tell `items` from all others. */
const KEY_LENGTH = 6;

/**
 * Reads a Kubernetes list while it arrives: each object in its `items` is parsed alone and handed to `onItem`; `end` returns the list
 * without them (the continue token is there). So a page of 500 large objects never lies in memory as a whole, neither as text nor parsed.
 *
 * Works on bytes: all of JSON's structure is ASCII, and no byte of a longer UTF-8 sequence is.
 * `write` and `end` throw SyntaxError when the body is not JSON, BodyTooLargeError when one object, or all around them, exceeds the limit.
 */
export function listReader(limitBytes: number, onItem: (item: unknown) => void): BodyReader<unknown> {
  const around = new Pieces(limitBytes);
  const item = new Pieces(limitBytes);
  let depth = 0;
  let inString = false;
  let inItems = false;
  /** The start of the last string at depth 1: a key, or the value of one. */
  let key = '';
  /** The chunk ended between a backslash and what it escapes. */
  let escaped = false;

  /** Passes over the rest of a string; returns where to go on. A loop of its own because most bytes are in strings. */
  const skipString = (chunk: Buffer, start: number): number => {
    let i = escaped ? start + 1 : start;
    escaped = false;
    for (; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) {
        inString = false;
        break;
      }
    }
    escaped = i > chunk.length;
    if (depth === 1 && key.length < KEY_LENGTH) key += chunk.toString('latin1', start, Math.min(i, start + KEY_LENGTH));
    return i + 1;
  };

  return {
    write(chunk) {
      let from = 0;
      let i = inString ? skipString(chunk, 0) : 0;
      for (; i < chunk.length; i++) {
        const byte = chunk[i];
        if (byte === QUOTE) {
          inString = true;
          if (depth === 1) key = '';
          i = skipString(chunk, i + 1) - 1;
        } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          // Between two items there is nothing but a comma.
          if (inItems && depth === 2) from = i;
          depth++;
          if (depth === 2 && byte === OPEN_BRACKET && key === 'items') {
            inItems = true;
            around.add(chunk.subarray(from, i + 1));
          }
        } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
          depth--;
          if (inItems && depth === 2) {
            item.add(chunk.subarray(from, i + 1));
            onItem(JSON.parse(item.take()));
          } else if (inItems && depth === 1) {
            inItems = false;
            from = i;
          }
        }
      }
      if (!inItems) around.add(chunk.subarray(from));
      else if (depth > 2) item.add(chunk.subarray(from));
    },
    end: () => JSON.parse(around.take()),
  };
}

/** A text that arrives in pieces, up to a limit. */
class Pieces {
  #pieces: Buffer[] = [];
  #size = 0;
  readonly #limitBytes: number;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size > this.#limitBytes) throw new BodyTooLargeError(this.#limitBytes);
    this.#pieces.push(piece);
  }

  take(): string {
    const [only] = this.#pieces;
    const text = (this.#pieces.length === 1 && only ? only : Buffer.concat(this.#pieces, this.#size)).toString('utf8');
    this.#pieces = [];
    this.#size = 0;
    return text;
  }
}
