import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Where an editor finds the JSON schema of a file. */
export interface SchemaPlace {
  /** As seen from the file. */
  readonly reference: string;
  /** Where it has to be written first; absent when it is there, or another file has its name. */
  readonly missing?: string;
}

const NAME = 'nightshift.schema.json';

/** In a checkout of Nightshift, and in a project that has it as a dependency. */
const HOMES = [join('schema', NAME), join('node_modules', 'nightshift', 'schema', NAME)];

/**
 * The schema's place for a configuration at `file`: that of the checkout or of the installed package, when one is in its folder or above it, so that
 * an upgrade brings its schema along. Otherwise a file beside it, which can be committed: a global installation is elsewhere on every machine.
 */
export async function schemaPlaceOf(file: string): Promise<SchemaPlace> {
  const folder = dirname(resolve(file));
  for (let above = folder; ; above = dirname(above)) {
    for (const home of HOMES) {
      const path = join(above, home);
      if (await isThere(path)) return { reference: referenceOf(relative(folder, path)) };
    }
    if (dirname(above) === above) break;
  }
  const beside = join(dirname(file), NAME);
  return { reference: referenceOf(NAME), ...((await isOursOrAbsent(beside)) && { missing: beside }) };
}

function referenceOf(path: string): string {
  const posix = path.split(sep).join('/');
  return posix.startsWith('../') ? posix : `./${posix}`;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** An older schema of ours is replaced; somebody else's file of this name stays. */
async function isOursOrAbsent(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined || /"title": ?"nightshift\.yaml"/.test(text);
}
