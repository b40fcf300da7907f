import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStages } from '../../infra/config.ts';
import { wholeFile, wholeSuite } from './stage.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'infra-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string, suite = wholeSuite): Promise<string> {
  const file = join(folder, 'nightshift.yaml');
  await mkdir(join(folder, 'smoke'), { recursive: true });
  await writeFile(join(folder, 'smoke/whole.yaml'), suite);
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

  it('has the suites that it names, from files beside it', async () => {
    const [stage] = await loadStages(await fileOf(wholeFile), () => {});

    expect(stage?.smoke.suites.map(({ name, document }) => [name, document.parameters, JSON.parse(document.json).checks[0].name])).toEqual([
      ['shop', ['/shop/token'], 'health'],
      ['other', ['/shop/token'], 'health'],
    ]);
  });

  it('is refused with the problems of its suites, each with the line of its own file', async () => {
    const wrong = await fileOf(wholeFile, wholeSuite.replace('ssm /shop/token', 'sms /shop/token').replace('name: health', 'nmae: health'));
    const expected = /can't be deployed:\n\/.*\/smoke\/whole\.yaml:5:\d+: variables\.token.*\n\/.*whole\.yaml:\d+:\d+: checks\[0\]/;

    await expect(loadStages(wrong, () => {})).rejects.toThrow(expected);
  });

  it('is refused where it names a suite that is not there', async () => {
    const file = await fileOf(wholeFile.replace('file: smoke/whole.yaml', 'file: smoke/gone.yaml'));

    await expect(loadStages(file, () => {})).rejects.toThrow(
      /nightshift\.yaml:\d+:7: smoke\.suites\.shop\.file: .*smoke\/gone\.yaml can't be read; the path is relative to nightshift\.yaml$/,
    );
  });

  it('warns of what looks odd in a suite', async () => {
    const warnings: string[] = [];

    await loadStages(await fileOf(wholeFile, wholeSuite.replace('variables:', 'variables:\n  idle: x')), (line) => warnings.push(line));

    expect(warnings).toEqual([expect.stringMatching(/smoke\/whole\.yaml:4:3: variables\.idle: is used by no check$/)]);
  });

  it('is asked for when it is not there', async () => {
    await expect(loadStages(join(folder, 'gone.yaml'), () => {})).rejects.toThrow('make one with nightshift init');
  });
});
