import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStages } from '../../infra/config.ts';
import { wholeFile } from './stage.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'infra-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'nightshift.yaml');
  await writeFile(file, text);
  return file;
}

describe('the file that is deployed', () => {
  it('becomes its stages, and what looks odd in it is said', async () => {
    const warnings: string[] = [];
    const file = await fileOf(wholeFile.replace('Mon-Fri 07:00-19:00', 'Mon-Fri 22:00-06:00'));

    const stages = await loadStages(file, (line) => warnings.push(line));

    expect(stages.map(({ prefix }) => prefix)).toEqual(['nightshift-dev']);
    expect(warnings[0]).toMatch(/nightshift\.yaml:\d+:\d+: sleep\.uptime: .*midnight/);
  });

  it('is refused with all its problems at once, each with its line', async () => {
    const file = await fileOf(wholeFile.replace('stage: dev }', 'stage: nowhere }').replace('Europe/Berlin', 'Europe/Berln'));

    await expect(loadStages(file, () => {})).rejects.toThrow(/can't be deployed:\n.*:\d+:\d+: clusters\[0\]\.stage: .*\n.*sleep\.uptime/);
  });

  it('is asked for when it is not there', async () => {
    await expect(loadStages(join(folder, 'gone.yaml'), () => {})).rejects.toThrow('make one with nightshift init');
  });
});
