import { createReadStream } from 'node:fs';
import { BadInputError, RefusedError } from '../../lib/platform/errors.ts';
import type { InputStream } from '../io.ts';
import { readFailure } from './read-failure.ts';

/** More than any manifest; a disk image given by mistake is not read to its end. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/**
 * A whole text file, with the byte order mark that it may have; `-` is standard input.
 * @throws BadInputError when it cannot be read, RefusedError when it is no UTF-8
 */
export async function readTextFile(path: string, { stdin }: { readonly stdin: InputStream }): Promise<string> {
  const bytes = await readBytes(path, path === '-' ? stdin : createReadStream(path));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new RefusedError(`${path} was not changed: it is not in UTF-8`, {
      cause: error,
      hint: 'convert it first, as with iconv -t UTF-8',
    });
  }
}

async function readBytes(path: string, stream: InputStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > LARGEST_FILE_BYTES) throw new BadInputError(`${path} cannot be read: it is larger than 64 MiB`);
      chunks.push(bytes);
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  return Buffer.concat(chunks);
}
