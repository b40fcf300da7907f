import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { assertStateKey } from './state-key.ts';
import { fileOfGeneration, keyOfPath, parseFileName, pathOfKey } from './state-path.ts';
import type { StateStore, StoredState } from './state-store.ts';
import { StateStoreError } from './state-store-error.ts';

/** Generations of a replaced document that stay, beside the first; see {@link writeGeneration}. */
const GENERATIONS_KEPT = 16;

interface Place {
  readonly folder: string;
  readonly file: string;
}

interface Generation {
  readonly number: number;
  readonly body: string;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const etagOf = ({ number, body }: Generation): string => `${number}-${createHash('sha256').update(body).digest('hex')}`;

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function generationsOf({ folder, file }: Place): Promise<number[]> {
  const own = (await entries(folder)).map(parseFileName).filter((parsed) => parsed?.file === file);
  return own.flatMap((parsed) => (parsed ? [parsed.generation] : [])).sort((a, b) => a - b);
}

async function latestOf(place: Place): Promise<Generation | undefined> {
  for (;;) {
    const number = (await generationsOf(place)).at(-1);
    if (number === undefined) return undefined;
    try {
      return { number, body: await readFile(join(place.folder, fileOfGeneration(place.file, number)), 'utf8') };
    } catch (error) {
      // Pruned between the two calls, so that newer generations exist: look again.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

/** The entry itself must survive a power cut, not only the bytes behind it. Windows cannot open a directory and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes the folder and whatever is missing above it, and makes the new entries durable. Not with mkdir's own `recursive`: Node never returns from it
 * on a file system that answers ENOENT to every mkdir, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(folder));
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    throw error;
  }
  await syncFolder(dirname(folder));
}

async function writeSynced(path: string, body: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(body);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @returns false when another writer, of this process or another, has that generation. */
async function linkGeneration({ folder, file }: Place, generation: number, body: string): Promise<boolean> {
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeSynced(temporary, body);
    await link(temporary, join(folder, fileOfGeneration(file, generation)));
    await syncFolder(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

async function prune({ folder, file }: Place, generations: readonly number[]): Promise<void> {
  const newest = generations.at(-1) ?? 1;
  const old = generations.filter((generation) => generation > 1 && generation <= newest - GENERATIONS_KEPT);
  await Promise.all(old.map((generation) => unlink(join(folder, fileOfGeneration(file, generation))).catch(() => undefined)));
}

/**
 * Compare-and-swap without a lock that could go stale: version n is replaced by making the file of version n + 1, and link(2) makes it for exactly one of
 * all writers. Only the newest generations and the first stay. A writer that slept so long that its generation came and went sees the gap and gives way.
 */
async function writeGeneration(place: Place, generation: number, body: string): Promise<boolean> {
  if (!(await linkGeneration(place, generation, body))) return false;
  const generations = await generationsOf(place);
  const overtaken = generation > 1 && (generations.at(-1) ?? generation) >= generation + GENERATIONS_KEPT;
  await prune(place, generations);
  return !overtaken;
}

async function walk(root: string, directories: readonly string[], found: Set<string>): Promise<void> {
  const folder = join(root, ...directories);
  const children = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const child of children) {
    if (child.isDirectory()) await walk(root, [...directories, child.name], found);
    const parsed = child.isFile() ? parseFileName(child.name) : undefined;
    const key = parsed && keyOfPath(directories, parsed.file);
    if (key !== undefined) found.add(key);
  }
}

const hints: Readonly<Record<string, string>> = {
  EACCES: 'give this user read and write access to the directory, or choose another one',
  EPERM: 'choose a directory on a file system with hard links, writable by this user',
  ENOTSUP: 'choose a directory on a file system with hard links',
  EROFS: 'choose a directory on a writable file system',
  ENOSPC: 'free some disk space and run again',
  EDQUOT: 'free some disk space and run again',
  ENOTDIR: 'a file stands where a directory is needed: move it or choose another directory',
  EEXIST: 'a file stands where a directory is needed: move it or choose another directory',
};

function failure(verb: string, location: string, key: string, error: unknown): StateStoreError {
  const code = codeOf(error) || 'unknown error';
  return new StateStoreError(`${verb} state ${key} in ${location} failed: ${code}`, {
    location,
    key,
    cause: error,
    hint: hints[code] ?? 'check the directory and its disk, then run again',
    retryable: code === 'EMFILE' || code === 'ENFILE' || code === 'EIO',
  });
}

/** S3 lists in the order of the UTF-8 bytes, which differs from that of UTF-16 units beyond the basic plane. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * The state store of the CLI: one file per document under `directory`, readable by its owner only (0600, directories 0700), synced to disk before a
 * write returns. Safe between processes and across kill -9; a killed writer leaves at most a hidden `.tmp` file, which is never read.
 * The directory is made with the first write.
 */
export function directoryStateStore(directory: string): StateStore {
  const location = resolve(directory);

  const run = async <T>(verb: string, key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw error instanceof StateStoreError ? error : failure(verb, location, key, error);
    }
  };

  const placeOf = (key: string): Place => {
    assertStateKey(location, key);
    const { directories, file } = pathOfKey(key);
    return { folder: join(location, ...directories), file };
  };

  return {
    location,
    get: (key, signal) =>
      run('read', key, signal, async (): Promise<StoredState | undefined> => {
        const latest = await latestOf(placeOf(key));
        return latest && { body: latest.body, etag: etagOf(latest) };
      }),
    putIfAbsent: (key, body, signal) =>
      run('write', key, signal, async () => {
        const place = placeOf(key);
        if ((await generationsOf(place)).length > 0) return 'exists';
        await makeFolder(place.folder);
        return (await writeGeneration(place, 1, body)) ? 'created' : 'exists';
      }),
    replace: (key, body, etag, signal) =>
      run('replace', key, signal, async () => {
        const place = placeOf(key);
        const latest = await latestOf(place);
        if (!latest || etagOf(latest) !== etag) return 'changed';
        return (await writeGeneration(place, latest.number + 1, body)) ? 'replaced' : 'changed';
      }),
    list: (prefix, signal) =>
      run('list', prefix, signal, async () => {
        const found = new Set<string>();
        await walk(location, [], found);
        return [...found].filter((key) => key.startsWith(prefix)).sort(byBytes);
      }),
  };
}
