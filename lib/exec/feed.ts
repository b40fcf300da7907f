import { Readable, type Writable } from 'node:stream';

/** What a program that has read enough, or ended, makes of its standard input. */
const NOT_WANTED: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Writes a program's standard input and closes it. `fail` hears of a source that breaks; a program that does not read is not at fault. */
export function feed(stdin: Writable, source: string | Uint8Array | Readable, fail: (error: unknown) => void): void {
  stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (!NOT_WANTED.has(error.code)) fail(error);
  });
  if (!(source instanceof Readable)) {
    stdin.end(source);
    return;
  }
  source.once('error', fail);
  // A source without end must not be read on for nobody.
  stdin.once('close', () => source.destroy());
  source.pipe(stdin);
}
