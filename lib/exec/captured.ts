import { inspect } from 'node:util';
import { BadInputError } from '../platform/errors.ts';
import type { ByteWindow } from './byte-window.ts';

/**
 * What a program wrote to one of its outputs, as it wrote it: secrets included, for whoever has to parse it. It does not show itself in logs.
 * Of a long output the beginning and the end are there.
 */
export class Captured {
  readonly #window: ByteWindow;

  constructor(window: ByteWindow) {
    this.#window = window;
  }

  /** How many bytes between the beginning and the end were not kept. */
  get dropped(): number {
    return this.#window.dropped;
  }

  /**
   * Every byte of it.
   * @throws BadInputError when some were not kept: half a document must not be taken for a whole one
   */
  bytes(): Buffer {
    if (this.dropped === 0) return Buffer.concat([this.#window.head(), this.#window.tail()]);
    throw new BadInputError(`the output is incomplete: ${this.dropped} bytes more than could be kept`, {
      hint: 'ask for less of it, or keep more with capture.headBytes',
    });
  }

  /** @throws BadInputError as `bytes` does */
  wholeText(): string {
    return this.bytes().toString('utf8');
  }

  /** For reading, not for parsing: what was not kept is told in its place. */
  text(): string {
    const [head, tail] = [this.#window.head(), this.#window.tail()];
    if (this.dropped === 0) return Buffer.concat([head, tail]).toString('utf8');
    return `${head.toString('utf8')}\n[… ${this.dropped} bytes left out …]\n${tail.toString('utf8')}`;
  }

  /** The end of it; where there is more than was kept, from the beginning of a line, or without `margin` bytes when there is only one. */
  end(margin: number): string {
    if (this.dropped === 0) return this.text();
    const tail = this.#window.tail();
    const line = tail.indexOf('\n') + 1;
    return tail.subarray(line === 0 ? margin : line).toString('utf8');
  }

  toJSON(): string {
    return this.#summary();
  }

  toString(): string {
    return this.#summary();
  }

  [inspect.custom](): string {
    return this.#summary();
  }

  #summary(): string {
    const kept = this.#window.head().length + this.#window.tail().length;
    return `[${kept + this.dropped} bytes]`;
  }
}
