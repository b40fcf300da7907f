import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const ANYBODY_WRITES = 0o222;

/** A text that lies written and synced beside the file that it is to replace. */
export interface Staged {
  /** Puts it in place, in one step. */
  place(): Promise<void>;
  /** Takes it away again, if it was not put in place. */
  discard(): Promise<void>;
}

/**
 * Mode and, where allowed, owner are those of the file; a symbolic link stays one, and its target is replaced.
 * @throws Error for a read-only file: it could be replaced all the same, but someone has said that it is not to change
 */
export async function stage(path: string, text: string): Promise<Staged> {
  const target = await realpath(path);
  const { mode, uid, gid } = await stat(target);
  // Root may write everything, and so is asked for the bits as well.
  const writable =
    (mode & ANYBODY_WRITES) !== 0 &&
    (await access(target, constants.W_OK).then(
      () => true,
      () => false,
    ));
  if (!writable) throw new Error(`${path} is read-only`);
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  const discard = (): Promise<void> => unlink(temporary).catch(() => undefined);
  try {
    await writeSynced(temporary, text, { mode, uid, gid });
  } catch (error) {
    await discard();
    throw error;
  }
  return { place: () => rename(temporary, target), discard };
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
