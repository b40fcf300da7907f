import { BadInputError } from '../../lib/platform/errors.ts';
import type { SmokeRunFlags } from '../flags/smoke.ts';
import type { Io } from '../io.ts';
import { readDocumentFile } from '../read-document-file.ts';

/** What the command line gives by name; later files win over earlier ones, --var over files. @throws BadInputError for a file that is no map of texts */
export async function givenValues(flags: SmokeRunFlags, io: Pick<Io, 'stdin'>): Promise<ReadonlyMap<string, string>> {
  const fromFiles: (readonly [string, string])[] = [];
  for (const file of flags.varFile ?? [])
    fromFiles.push(...entriesOf(file, await readDocumentFile(file, 'the file of variables', io.stdin)));
  const { expectVersion, expectDigest } = flags;
  return new Map([
    ...fromFiles,
    ...Object.entries(flags.var ?? {}),
    ...(expectVersion === undefined ? [] : [['expected.version', expectVersion] as const]),
    ...(expectDigest === undefined ? [] : [['expected.digest', expectDigest] as const]),
  ]);
}

function entriesOf(file: string, document: unknown): readonly (readonly [string, string])[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw notAMap(file, 'it is no map');
  return Object.entries(document).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [name, value];
    // A version such as 2.10 would have lost its zero.
    throw notAMap(file, `the value of ${name} is no text`);
  });
}

function notAMap(file: string, why: string): BadInputError {
  return new BadInputError(`the file of variables ${file} cannot be used: ${why}`, {
    hint: 'write name: "value", one a line, with the value in quotes',
  });
}
