import { createReadStream } from 'node:fs';
import { BadInputError, messageOf, RefusedError } from '../../lib/platform/errors.ts';
import type { InputStream } from '../io.ts';

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
      if (size > LARGEST_FILE_BYTES) throw new BadInputError('it is larger than 64 MiB');
      chunks.push(bytes);
    }
  } catch (error) {
    throw new BadInputError(`${path} cannot be read: ${reasonOf(error)}`, { cause: error, hint: 'check the path and its permissions' });
  }
  return Buffer.concat(chunks);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? messageOf(error);
}
