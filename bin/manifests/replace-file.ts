import { randomUUID } from 'node:crypto';
import { open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BadInputError, messageOf } from '../../lib/platform/errors.ts';

/**
 * Replaces the text of a file that is there, as a whole or not at all: a reader never sees half of it. Mode and, where allowed, owner stay; a
 * symbolic link stays one, and its target is replaced.
 * @throws BadInputError when it cannot be written; the file then is what it was
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path);
    const { mode, uid, gid } = await stat(target);
    const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
    try {
      await writeSynced(temporary, text, { mode, uid, gid });
      await rename(temporary, target);
    } finally {
      await unlink(temporary).catch(() => undefined);
    }
  } catch (error) {
    throw new BadInputError(`${path} cannot be written: ${messageOf(error)}`, {
      cause: error,
      hint: 'check the permissions of its directory',
    });
  }
}

async function writeSynced(path: string, text: string, { mode, uid, gid }: { mode: number; uid: number; gid: number }): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    // Only root may give a file away.
    await handle.chown(uid, gid).catch(() => undefined);
    // After the owner, whose change takes bits off; and not by `open`, whose mode the umask takes bits off.
    await handle.chmod(mode & 0o7777);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
