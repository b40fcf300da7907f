import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isJsonFile } from '../../lib/manifests/json-file.ts';
import type { EnvironmentFile } from '../../lib/manifests/promote/promotion.ts';
import { BadInputError, messageOf } from '../../lib/platform/errors.ts';
import type { Io } from '../io.ts';
import { readTextFile } from './text-file.ts';

const MANIFEST = /(?:\.(?:ya?ml|json)|(?:^|[\\/])Kustomization)$/;

/**
 * The YAML and JSON files below a directory, in name order; those of hidden directories and of node_modules are left out, links are not followed.
 * @throws BadInputError when it cannot be read, or holds none
 */
export async function environmentFiles(directory: string, io: Pick<Io, 'stdin'>): Promise<readonly EnvironmentFile[]> {
  const names = [...(await entriesOf(directory))].sort();
  if (names.length === 0)
    throw new BadInputError(`${directory} cannot be used: it holds no YAML or JSON file`, { hint: 'give the directory of an environment' });
  const files: EnvironmentFile[] = [];
  for (const name of names) {
    const text = await readTextFile(join(directory, name), io);
    files.push({ file: name.split(sep).join('/'), text, json: isJsonFile(name, text) });
  }
  return files;
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(directory, { recursive: true })).filter((name) => MANIFEST.test(name) && !isPassedOver(name));
    const kinds = await Promise.all(names.map(async (name) => ({ name, isFile: (await lstat(join(directory, name))).isFile() })));
    return kinds.filter(({ isFile }) => isFile).map(({ name }) => name);
  } catch (error) {
    throw new BadInputError(`${directory} cannot be read: ${messageOf(error)}`, {
      cause: error,
      hint: 'give the directory of an environment',
    });
  }
}

function isPassedOver(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.') || part === 'node_modules');
}
