/** A history has shown what must never happen. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}
