import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf, RefusedError } from '../../lib/platform/errors.ts';

const MARK = '# written by nightshift sandbox: good for as long as it runs\n';

export interface KubeconfigFile {
  readonly path: string;
  /** Takes away what was made; a file that the user named stays. */
  remove(): Promise<void>;
}

/**
 * Writes a kubeconfig, readable by its owner only, to `path` or to a temporary file.
 * @throws RefusedError when there is a file that is not one of ours: it may be somebody's only way to a cluster
 */
export async function writeKubeconfig(text: string, path?: string): Promise<KubeconfigFile> {
  const file = path ?? join(await mkdtemp(join(tmpdir(), 'nightshift-')), 'kubeconfig');
  const there = await readFile(file, 'utf8').catch(() => undefined);
  if (there !== undefined && !there.startsWith(MARK)) {
    throw new RefusedError(`${file} was not overwritten: it is not a kubeconfig of the sandbox`, { hint: 'choose another file' });
  }
  try {
    if (there !== undefined) await rm(file);
    await writeFile(file, `${MARK}${text}`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new RefusedError(`${file} cannot be written: ${messageOf(error)}`, { cause: error, hint: 'choose another file' });
  }
  return { path: file, remove: async () => (path === undefined ? rm(dirname(file), { recursive: true, force: true }) : undefined) };
}
