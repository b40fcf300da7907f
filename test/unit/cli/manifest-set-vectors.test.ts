import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEIGHBOURS } from '../../support/vectors/manifest-neighbours.ts';
import { type ManifestVector, PUBLISHED_VECTORS } from '../../support/vectors/manifests.ts';
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

interface Outcome {
  readonly exitCode: number;
  /** The bytes of the file, as a string of one character each. */
  readonly bytes: string;
  readonly changed: unknown;
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

async function outcomeOf({ input, set, flags = [], typed }: ManifestVector): Promise<Outcome> {
  const file = join(await folderWith(), 'file.yaml');
  await writeFile(file, input);
  const { exitCode, json } = await runCli(['manifest', 'set', file, ...(typed ? [] : ['--string']), ...flags, '-o', 'json', '--', ...set]);
  return { exitCode, bytes: (await readFile(file)).toString('latin1'), changed: (json() as { changed?: unknown }).changed };
}

describe.each([
  ['the published vectors through the CLI', PUBLISHED_VECTORS],
  ['their neighbours through the CLI', NEIGHBOURS],
])('%s', (_, vectors) => {
  it.each(vectors)('$id: $set', async (vector) => {
    const { input, expected } = vector;

    const outcome = await outcomeOf(vector);

    if (typeof expected === 'number') expect(outcome).toEqual({ exitCode: expected, bytes: bytesOf(input), changed: undefined });
    else expect(outcome).toEqual({ exitCode: 0, bytes: bytesOf(expected), changed: expected !== input });
  });
});
