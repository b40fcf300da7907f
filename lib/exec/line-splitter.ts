import { StringDecoder } from 'node:string_decoder';
import type { LineRedactor } from '../platform/redactor.ts';

/** No log can bear a longer line. In UTF-16 units. */
const LONGEST_LINE = 8_000;

/**
 * Makes redacted lines of the bytes of an output, whatever their pieces. A line ends with LF, CR LF, or the CR of a progress bar; one that is too
 * long is cut, and the rest of it passed over without being kept.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #redact: LineRedactor;
  readonly #onLine: (line: string) => void;
  readonly #longest: number;
  #pending = '';
  #skipping = false;

  /** @param longestSecret how much beyond a cut must be seen for no half of a secret to stay before it */
  constructor(redact: LineRedactor, onLine: (line: string) => void, longestSecret: number) {
    this.#redact = redact;
    this.#onLine = onLine;
    this.#longest = LONGEST_LINE + longestSecret;
  }

  write(chunk: Uint8Array): void {
    // Of a CR at the end it is not known yet whether an LF follows.
    const pieces = (this.#pending + this.#decoder.write(chunk)).split(/\r\n|\n|\r(?!$)/);
    this.#pending = pieces.pop() ?? '';
    for (const piece of pieces) this.#finish(piece);
    if (this.#pending.length > this.#longest) {
      if (!this.#skipping) this.#emit(this.#pending);
      this.#skipping = true;
      this.#pending = this.#pending.endsWith('\r') ? '\r' : '';
    }
  }

  end(): void {
    const rest = this.#pending + this.#decoder.end();
    if (rest !== '') this.#finish(rest.replace(/\r$/, ''));
    this.#pending = '';
  }

  #finish(line: string): void {
    if (!this.#skipping) this.#emit(line);
    this.#skipping = false;
  }

  #emit(line: string): void {
    const clean = this.#redact(line.slice(0, this.#longest));
    const cut = clean.length > LONGEST_LINE || line.length >= this.#longest;
    this.#onLine(cut ? `${clean.slice(0, LONGEST_LINE)}… (cut)` : clean);
  }
}
