/** Takes a body piece by piece and makes something of it; `write` may throw to refuse it. */
export interface BodyReader<T> {
  write(chunk: Buffer): void;
  /** The body is complete. */
  end(): T;
}

/** The body grew beyond what its reader holds. */
export class BodyTooLargeError extends Error {
  readonly limitBytes: number;

  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes`);
    this.name = 'BodyTooLargeError';
    this.limitBytes = limitBytes;
  }
}

/** Collects the whole body as text. */
export function textReader(limitBytes: number): BodyReader<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    write(chunk) {
      size += chunk.length;
      if (size > limitBytes) throw new BodyTooLargeError(limitBytes);
      chunks.push(chunk);
    },
    end: () => Buffer.concat(chunks, size).toString('utf8'),
  };
}
