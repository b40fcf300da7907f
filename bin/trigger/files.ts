import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileParameter } from '../../lib/pipelines/jenkins/parameters.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { Pairs } from '../flags/trigger.ts';

/** @throws BadInputError for a file that cannot be read */
export function fileParameters(files: Pairs = {}): Promise<readonly FileParameter[]> {
  return Promise.all(
    Object.entries(files).map(async ([name, path]) => {
      try {
        return { name, fileName: basename(path), content: new Uint8Array(await readFile(path)) };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
        throw new BadInputError(`the file for ${name} cannot be read: ${path} (${code})`, { cause: error, hint: 'check the path' });
      }
    }),
  );
}

/** A console that shows a line of a file shows what is in it; shorter lines turn up anywhere. */
const SHORTEST_LINE = 8;
const LONGEST_FILE = 64 * 1024;

/** What of small files must not be shown again. */
export function secretLines(files: readonly FileParameter[]): readonly string[] {
  return files
    .filter(({ content }) => content.length <= LONGEST_FILE)
    .flatMap(({ content }) => new TextDecoder().decode(content).split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE);
}
