import { readFile } from 'node:fs/promises';
import { BadInputError, messageOf, RefusedError } from '../../lib/platform/errors.ts';
import { type Staged, stage as stageFile } from './stage-file.ts';

export interface Replacement {
  readonly path: string;
  /** What the file is expected to hold. */
  readonly before: string;
  readonly after: string;
}

/**
 * Replaces files, all of them or none: everything is written beside them first, then put in place file by file; when one cannot be, the others are put back.
 * Whoever ends the process in the middle leaves whole files, some of them new: the same command then does the rest.
 * @param stage replaced by tests, to make it fail
 * @throws RefusedError when a file has changed meanwhile; BadInputError when one cannot be written
 */
export async function replaceFiles(replacements: readonly Replacement[], stage: typeof stageFile = stageFile): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const { path, after } of replacements) staged.push(await stage(path, after));
    for (const { path, before } of replacements) await assertUnchanged(path, before);
    await placeAll(staged, replacements);
  } catch (error) {
    if (error instanceof RefusedError || error instanceof BadInputError) throw error;
    throw new BadInputError(`nothing was promoted: ${messageOf(error)}`, {
      cause: error,
      hint: 'check the permissions of the file and of its directory',
    });
  } finally {
    for (const one of staged) await one.discard();
  }
}

async function assertUnchanged(path: string, before: string): Promise<void> {
  if ((await readFile(path, 'utf8')) === before) return;
  throw new RefusedError(`nothing was promoted: ${path} was changed by someone else meanwhile`, { hint: 'run the command again' });
}

async function placeAll(staged: readonly Staged[], replacements: readonly Replacement[]): Promise<void> {
  let placed = 0;
  try {
    for (; placed < staged.length; placed++) await staged[placed]?.place();
  } catch (error) {
    const lost: string[] = [];
    for (const { path, before } of replacements.slice(0, placed)) {
      await putBack(path, before).catch(() => lost.push(path));
    }
    if (lost.length > 0)
      throw new BadInputError(`the promotion broke off, and could not be put back in ${lost.join(', ')}: ${messageOf(error)}`, {
        cause: error,
        hint: 'restore those files from version control',
      });
    throw error;
  }
}

async function putBack(path: string, text: string): Promise<void> {
  const original = await stageFile(path, text);
  try {
    await original.place();
  } finally {
    await original.discard();
  }
}
