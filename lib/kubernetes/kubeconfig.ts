import { readFile } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { BadInputError } from '../platform/errors.ts';

/** A `{ name, cluster | user | context: {...} }` entry, as it stands in the file. */
export interface NamedEntry {
  readonly name: string;
  readonly [kind: string]: unknown;
}

/** A kubeconfig as written (or several, merged), every relative path made absolute. Contents are checked only as far as merging needs. */
export interface RawKubeconfig {
  readonly files: readonly string[];
  readonly clusters: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly currentContext: string | undefined;
}

type Fields = Record<string, unknown>;

/** The files kubectl would read: the one named, else those of KUBECONFIG, else `~/.kube/config`. */
export function kubeconfigFiles(env: Readonly<Record<string, string | undefined>>, named?: string): readonly string[] {
  if (named !== undefined) return [named];
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length > 0) return [...new Set(listed)];
  return [join(env.HOME ?? env.USERPROFILE ?? '.', '.kube', 'config')];
}

/**
 * Reads and merges kubeconfig files by kubectl's rules: the first file that names a thing wins, files that do not exist or are empty add nothing.
 * @throws BadInputError naming the file and what is wrong with it
 */
export async function readKubeconfig(files: readonly string[]): Promise<RawKubeconfig> {
  const found = (await Promise.all(files.map(readOne))).filter((config) => config !== undefined);
  if (found.length === 0) {
    throw new BadInputError(`cannot read the kubeconfig: ${files.join(', ')} does not exist`, {
      hint: 'name one with --kubeconfig or KUBECONFIG, or let your provider write one (aws eks update-kubeconfig, az aks get-credentials, gcloud container clusters get-credentials)',
    });
  }
  if (found.every(isEmpty)) throw malformed(found.flatMap((config) => config.files).join(', '), 'it is empty');
  return {
    files: found.flatMap((config) => config.files),
    clusters: firstOfEachName(found.flatMap((config) => config.clusters)),
    users: firstOfEachName(found.flatMap((config) => config.users)),
    contexts: firstOfEachName(found.flatMap((config) => config.contexts)),
    currentContext: found.find((config) => config.currentContext)?.currentContext,
  };
}

async function readOne(file: string): Promise<RawKubeconfig | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const root = await parse(file, text);
  const base = dirname(resolve(file));
  return {
    files: [file],
    clusters: entries(file, root, 'clusters', 'cluster').map((entry) => withAbsolute(entry, 'cluster', ['certificate-authority'], base)),
    users: entries(file, root, 'users', 'user').map((entry) =>
      withExecPath(withAbsolute(entry, 'user', ['client-certificate', 'client-key', 'tokenFile'], base), base),
    ),
    contexts: entries(file, root, 'contexts', 'context'),
    currentContext: typeof root['current-context'] === 'string' && root['current-context'] !== '' ? root['current-context'] : undefined,
  };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new BadInputError(`cannot read the kubeconfig ${file}: ${code === 'EISDIR' ? 'it is a directory' : String(code ?? error)}`, {
      cause: error,
      hint: 'name a readable file',
    });
  }
}

async function parse(file: string, text: string): Promise<Fields> {
  const { parseYaml } = await import('./kubeconfig-yaml.ts');
  const parsed = parseYaml(text);
  if (!parsed.ok) throw malformed(file, `it is not YAML (${parsed.where})`);
  if (parsed.value === null) return {};
  if (!isFields(parsed.value)) throw malformed(file, 'it is not a mapping');
  return parsed.value;
}

function isEmpty({ clusters, users, contexts, currentContext }: RawKubeconfig): boolean {
  return clusters.length + users.length + contexts.length === 0 && currentContext === undefined;
}

function entries(file: string, root: Fields, list: string, kind: string): NamedEntry[] {
  const value = root[list] ?? [];
  if (!Array.isArray(value)) throw malformed(file, `${list} is not a list`);
  return value.map((entry: unknown, index) => {
    if (!isFields(entry) || typeof entry.name !== 'string') throw malformed(file, `${list}[${index}] has no name`);
    const body = entry[kind] ?? {};
    if (!isFields(body)) throw malformed(file, `${list}[${index}].${kind} is not a mapping`);
    return { ...entry, name: entry.name, [kind]: body };
  });
}

function withAbsolute(entry: NamedEntry, kind: string, keys: readonly string[], base: string): NamedEntry {
  const body = { ...(entry[kind] as Fields) };
  for (const key of keys) {
    const path = body[key];
    if (typeof path === 'string' && path !== '') body[key] = isAbsolute(path) ? path : join(base, path);
  }
  return { ...entry, [kind]: body };
}

/** A plugin named with a path is relative to the file; a bare name is looked up in PATH. */
function withExecPath(entry: NamedEntry, base: string): NamedEntry {
  const user = entry.user as Fields;
  const exec = user.exec;
  if (!isFields(exec) || typeof exec.command !== 'string' || !/[/\\]/.test(exec.command) || isAbsolute(exec.command)) return entry;
  return { ...entry, user: { ...user, exec: { ...exec, command: join(base, exec.command) } } };
}

function firstOfEachName(all: readonly NamedEntry[]): readonly NamedEntry[] {
  return [...new Map([...all].reverse().map((entry) => [entry.name, entry])).values()].reverse();
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(file: string, why: string): BadInputError {
  return new BadInputError(`cannot use the kubeconfig ${file}: ${why}`, {
    hint: 'kubectl config view --kubeconfig shows what kubectl makes of it',
  });
}
