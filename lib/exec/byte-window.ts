const SMALLEST_ALLOCATION = 4096;

/**
 * Keeps the beginning and the end of a stream and counts what lay between. Memory is bounded by the two sizes, however much is written
 * and in however small pieces.
 */
export class ByteWindow {
  readonly #headBytes: number;
  readonly #tailBytes: number;
  #head = Buffer.alloc(0);
  #headLength = 0;
  /** A ring: the next byte goes to `total` modulo its size, counted from the end of the head. */
  #ring: Buffer | undefined;
  #pastHead = 0;

  constructor({ headBytes, tailBytes }: { readonly headBytes: number; readonly tailBytes: number }) {
    this.#headBytes = headBytes;
    this.#tailBytes = tailBytes;
  }

  /** Bytes that are kept nowhere. */
  get dropped(): number {
    return Math.max(0, this.#pastHead - this.#tailBytes);
  }

  write(chunk: Uint8Array): void {
    const room = this.#headBytes - this.#headLength;
    const first = chunk.subarray(0, room);
    if (first.length > 0) this.#toHead(first);
    if (chunk.length > first.length) this.#toTail(chunk.subarray(first.length));
  }

  head(): Buffer {
    return this.#head.subarray(0, this.#headLength);
  }

  tail(): Buffer {
    if (!this.#ring || this.#pastHead <= this.#tailBytes) return this.#ring?.subarray(0, this.#pastHead) ?? Buffer.alloc(0);
    const start = this.#pastHead % this.#tailBytes;
    return Buffer.concat([this.#ring.subarray(start), this.#ring.subarray(0, start)]);
  }

  #toHead(bytes: Uint8Array): void {
    const length = this.#headLength + bytes.length;
    if (length > this.#head.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(this.#headBytes, Math.max(SMALLEST_ALLOCATION, length, 2 * this.#head.length)));
      this.#head.copy(grown, 0, 0, this.#headLength);
      this.#head = grown;
    }
    this.#head.set(bytes, this.#headLength);
    this.#headLength = length;
  }

  #toTail(bytes: Uint8Array): void {
    const last = bytes.subarray(Math.max(0, bytes.length - this.#tailBytes));
    this.#pastHead += bytes.length - last.length;
    this.#ring ??= Buffer.allocUnsafeSlow(this.#tailBytes);
    for (let at = 0; at < last.length; ) {
      const to = this.#pastHead % this.#tailBytes;
      const part = last.subarray(at, at + this.#tailBytes - to);
      this.#ring.set(part, to);
      this.#pastHead += part.length;
      at += part.length;
    }
  }
}
