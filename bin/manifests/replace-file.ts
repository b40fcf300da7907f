import { BadInputError, messageOf } from '../../lib/platform/errors.ts';
import { stage } from './stage-file.ts';

/**
 * Replaces the text of a file that is there, as a whole or not at all: a reader never sees half of it. Mode and, where allowed, owner stay; a
 * symbolic link stays one, and its target is replaced.
 * @throws BadInputError when it cannot be written; the file then is what it was
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const staged = await stage(path, text);
    try {
      await staged.place();
    } finally {
      await staged.discard();
    }
  } catch (error) {
    throw new BadInputError(`${path} cannot be written: ${messageOf(error)}`, {
      cause: error,
      hint: 'check the permissions of the file and of its directory',
    });
  }
}
