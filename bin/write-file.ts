import { randomUUID } from 'node:crypto';
import { link, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BadInputError, messageOf, RefusedError } from '../lib/platform/errors.ts';

/** What a new file may be read and written by; the user's umask takes its part off. */
const NEW_FILE_MODE = 0o666;

/**
 * Writes a text file as a whole or not at all: a reader never sees half of it, and a file that is there stays unless `overwrite`.
 * @throws RefusedError when there is one; BadInputError when the path cannot be written
 */
export async function writeTextFile(path: string, text: string, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
  try {
    const target = overwrite ? await realpath(path).catch(() => path) : path;
    const mode = (await stat(target).catch(() => undefined))?.mode ?? NEW_FILE_MODE;
    const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
    try {
      await writeSynced(temporary, text, mode);
      // A link fails where a file is; a rename takes its place.
      await (overwrite ? rename(temporary, target) : link(temporary, target));
    } finally {
      await unlink(temporary).catch(() => undefined);
    }
  } catch (error) {
    throw failureOf(path, error);
  }
}

/** @throws RefusedError when there is a file; asked before any question, so that no answers are lost */
export async function assertFree(path: string): Promise<void> {
  if (await stat(path).catch(() => undefined)) throw alreadyThere(path);
}

async function writeSynced(path: string, text: string, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

function failureOf(path: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EEXIST') return alreadyThere(path);
  return new BadInputError(`${path} cannot be written: ${REASONS[code] ?? messageOf(error)}`, {
    cause: error,
    hint: 'choose another file with --file',
  });
}

function alreadyThere(path: string): RefusedError {
  return new RefusedError(`${path} was not written: it is there already`, {
    hint: 'add --force to replace it, or choose another file with --file',
  });
}
