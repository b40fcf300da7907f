import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { InputStream, Io } from '../io.ts';
import { readFailure } from './read-failure.ts';

/** A text and the name that errors call it by. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** Found in a directory; nobody asked for it by name. */
  readonly found: boolean;
}

/** A whole cluster's `kubectl get -o yaml` fits; a disk image given by mistake does not. */
const LARGEST_INPUT_BYTES = 64 * 1024 * 1024;
const STANDARD_INPUT = 'standard input';
const EXTENSIONS = /\.(?:ya?ml|json)$/;

/**
 * Reads what `-f` names: files, directories (all `*.yaml`, `*.yml` and `*.json` below them, in name order, hidden ones left out) and `-`,
 * standard input.
 * @throws BadInputError when one cannot be read, a directory holds no manifest, or all together are larger than 64 MiB
 */
export async function readSources(paths: readonly string[], io: Pick<Io, 'stdin'>): Promise<Source[]> {
  const sources: Source[] = [];
  let room = LARGEST_INPUT_BYTES;
  for (const path of paths) {
    for (const { file, found } of path === '-' ? [{ file: '-', found: false }] : await filesOf(path)) {
      const text = file === '-' ? await readStream(io.stdin, room) : await readWithin(file, room);
      room -= Buffer.byteLength(text);
      sources.push({ name: file === '-' ? STANDARD_INPUT : file, text, found });
    }
  }
  return sources;
}

async function filesOf(path: string): Promise<readonly { readonly file: string; readonly found: boolean }[]> {
  const place = await attempt(path, () => stat(path));
  if (!place.isDirectory()) return [{ file: path, found: false }];
  return (await filesBelow(path)).map((file) => ({ file, found: true }));
}

async function filesBelow(path: string): Promise<string[]> {
  const names = await attempt(path, () => readdir(path, { recursive: true }));
  const files: string[] = [];
  for (const name of names.filter((each) => EXTENSIONS.test(each) && !isHidden(each))) {
    const file = join(path, name);
    if ((await attempt(file, () => stat(file))).isFile()) files.push(file);
  }
  if (files.length === 0)
    throw new BadInputError(`${path} cannot be used: the directory holds no .yaml, .yml or .json file`, {
      hint: 'give the directory of the manifests',
    });
  return files.sort();
}

/** `.github/workflows/ci.yaml`, `.pre-commit-config.yaml`: what tools keep beside the manifests. */
function isHidden(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.'));
}

/** As a stream, so that a pipe without end is cut off too. */
async function readWithin(path: string, room: number): Promise<string> {
  return attempt(path, () => readStream(createReadStream(path), room, path));
}

/** @throws BadInputError when the stream holds more than `room` bytes */
async function readStream(stream: InputStream, room: number, name = STANDARD_INPUT): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > room) throw tooLarge(name);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(name: string): BadInputError {
  return new BadInputError(`${name} was not read: all input together is larger than 64 MiB`, {
    hint: 'give fewer files, or only the kinds that sleep',
  });
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw readFailure(path, error);
  }
}
