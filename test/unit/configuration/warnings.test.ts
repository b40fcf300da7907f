import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { GOOD } from './problems-in.ts';

function warningsIn(text: string): string[] {
  const result = readConfiguration(text);
  if (!result.ok) throw new Error('the file is not good');
  return result.warnings.map(({ line, column, path, message }) => `${line}:${column}: ${path}: ${message}`);
}

const SHARED = `version: 1
stages:
  dev: { account: "111122223333", region: eu-central-1 }
  test: { testEvents: existing, account: "111122223333", region: eu-central-1 }
sleep: { uptime: always }
clusters:
  - { name: shared, stage: dev }
  - { name: ours, eksName: shared, stage: test }
`;

describe('a good file', () => {
  it.each([
    [
      'no schedule in a stage',
      GOOD.replace(/sleep: .*/, ''),
      ['2:11: stages.dev: has no schedule: only what has annotations of its own sleeps; say uptime in sleep'],
    ],
    [
      'no kind',
      GOOD.replace('uptime:', 'kinds: [], uptime:'),
      ['4:10: sleep.kinds: is empty: nothing sleeps; leave the word out for all of them'],
    ],
    [
      'no namespace in a stage',
      GOOD.replace('dev: {}', 'dev: { sleep: { namespaces: [] } }'),
      ['2:27: stages.dev.sleep.namespaces: is empty: nothing sleeps; leave the word out for all of them'],
    ],
    [
      'a registry of test events that two stages would make',
      GOOD.replace('dev: {}', 'dev: {}, test: {}').replace('clusters: [', 'clusters: [{ name: t, stage: test }, '),
      ['2:20: stages.test: makes the registry of test events a second time, after stage dev; say testEvents: existing in one of them'],
    ],
    ['a cluster in two stages', SHARED, ['8:7: clusters[1].name: is the cluster shared of stage dev as well; keep their namespaces apart']],
  ])('comes with a warning of %s', (_, text, warnings) => {
    expect(warningsIn(text)).toEqual(warnings);
  });

  it.each([
    ['a schedule in each stage', GOOD.replace(/sleep: .*/, '').replace('dev: {}', 'dev: { sleep: { uptime: always } }')],
    [
      'one name in two accounts',
      SHARED.replace('test: { testEvents: existing, account: "111122223333"', 'test: { testEvents: existing, account: "444455556666"'),
    ],
    ['stages that may be anywhere', SHARED.replaceAll('account: "111122223333", ', '')],
  ])('comes with none of %s', (_, text) => {
    expect(warningsIn(text)).toEqual([]);
  });
});
