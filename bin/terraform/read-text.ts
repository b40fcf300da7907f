import { BadInputError } from '../../lib/platform/errors.ts';
import type { Io } from '../io.ts';
import { readSources } from '../manifests/source.ts';

export interface NamedText {
  readonly text: string;
  /** What errors call it. */
  readonly where: string;
}

/** The text of a file; `-` is standard input. @throws BadInputError when it cannot be read */
export async function readText(path: string, io: Pick<Io, 'stdin'>): Promise<NamedText> {
  const [source, another] = await readSources([path], io);
  if (!source || another || source.found) throw new BadInputError(`${path} cannot be used: it is a directory`, { hint: 'give one file' });
  return { text: source.text, where: source.name };
}
