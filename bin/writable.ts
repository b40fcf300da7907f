import { Writable } from 'node:stream';
import type { OutputStream } from './io.ts';

/** A stream for code that wants a whole one, with the terminal's properties. */
export function writableOf(stream: OutputStream): Writable & OutputStream {
  const writable = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      stream.write(String(chunk));
      done();
    },
  });
  const { isTTY, columns } = stream;
  return Object.assign(writable, { ...(isTTY !== undefined && { isTTY }), ...(columns !== undefined && { columns }) });
}
