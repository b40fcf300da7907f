const LEAST_BYTES = 16_384;
const NOTHING = Buffer.alloc(0);

/**
 * What comes in pieces, copied into one buffer that grows. Kept as they come, pieces of a byte each, as a server may send them, would take some
 * hundred times the memory that the limit of a body means.
 */
export class GatheredBytes {
  /** The first piece is often all there is, and is not copied. */
  #bytes: Buffer = NOTHING;
  #size = 0;
  #own = false;

  get size(): number {
    return this.#size;
  }

  add(piece: Buffer): void {
    if (this.#size === 0) {
      this.#bytes = piece;
      this.#size = piece.length;
      return;
    }
    this.#makeRoom(this.#size + piece.length);
    piece.copy(this.#bytes, this.#size);
    this.#size += piece.length;
  }

  /** All so far; what is added later is not in it. */
  all(): Buffer {
    return this.#size === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#size);
  }

  #makeRoom(wanted: number): void {
    if (this.#own && wanted <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, this.#size * 2, LEAST_BYTES));
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
    this.#own = true;
  }
}
