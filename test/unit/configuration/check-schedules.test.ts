import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { problemsIn } from './problems-in.ts';

function fileWith(sleep: string, ...stages: string[]): string {
  const names = ['dev', 'test', 'demo'].slice(0, Math.max(1, stages.length));
  return [
    'version: 1',
    `sleep: { ${sleep} }`,
    'stages:',
    ...names.map((name, index) => `  ${name}: { sleep: { ${stages[index] ?? ''} } }`),
    `clusters: [${names.map((name) => `{ name: c, stage: ${name} }`).join(', ')}]`,
  ].join('\n');
}

describe('the time specs of a file', () => {
  it.each([
    [
      'a zone that IANA does not have',
      fileWith('uptime: Mon-Fri 07:00-19:00 Europe/Berln'),
      '2:10: sleep.uptime: .*did you mean Europe/Berlin',
    ],
    ['no zone, and no default', fileWith('uptime: Mon-Fri 07:00-19:00'), '2:10: sleep.uptime: .*has no time zone'],
    [
      'a wrong default zone, not the spec that leans on it',
      fileWith('uptime: Mon-Fri 07:00-19:00, defaultTimezone: Mars'),
      '2:39: sleep.defaultTimezone: "Mars" is not a time zone',
    ],
    ['wrong default weekdays', fileWith('defaultWeekframe: Monday'), '2:10: sleep.defaultWeekframe: "Monday" is not a weekday'],
    ['an empty default', fileWith('defaultTimezone: ""'), '2:10: sleep.defaultTimezone: "" is not a time zone'],
    ['a wrong spec that every stage replaces', fileWith('uptime: Mon-Fri 7-19 UTC', 'uptime: always'), '2:10: sleep.uptime: '],
    [
      'a wrong spec of a stage',
      fileWith('uptime: always', '', 'uptime: sometimes'),
      '5:20: stages.test.sleep.uptime: .*neither a keyword nor a time span',
    ],
    [
      'what only one stage lacks a zone for',
      fileWith('', 'uptime: Mon-Fri 07:00-19:00, defaultTimezone: UTC', 'uptime: Mon-Fri 07:00-19:00'),
      '5:20: stages.test.sleep.uptime: .*has no time zone',
    ],
    [
      'times beside periods',
      fileWith('uptime: always, upscalePeriod: always'),
      '2:26: sleep.upscalePeriod: contradicts uptime, which holds here too; use one of the two',
    ],
    [
      'periods of a stage beside times of the file',
      fileWith('downtime: never', 'downscalePeriod: always'),
      '4:19: stages.dev.sleep.downscalePeriod: contradicts downtime, which holds here too; use one of the two',
    ],
  ])('are refused for %s, in one sentence', (_, text, problem) => {
    expect(problemsIn(text)).toEqual([expect.stringMatching(new RegExp(`^${problem}`))]);
  });

  it('are read with the defaults that hold in each stage', () => {
    expect(problemsIn(fileWith('uptime: Mon-Fri 07:00-19:00', 'defaultTimezone: UTC', 'uptime: Mon-Fri 07:00-19:00 UTC'))).toEqual([]);
    expect(problemsIn(fileWith('uptime: 07:00-19:00 UTC, defaultWeekframe: Mon-Fri'))).toEqual([]);
  });

  it('are told about once, not once for each stage', () => {
    const result = readConfiguration(fileWith('uptime: Mon-Fri 22:00-06:00 UTC', '', '', ''));

    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.warnings.map(({ path }) => path)).toEqual(['sleep.uptime', 'sleep.uptime', 'stages.test', 'stages.demo']);
  });

  it('mean what the dialect of the stage says', () => {
    const result = readConfiguration(fileWith('uptime: Mon-Fri 22:00-06:00 UTC', 'dialect: py'));

    expect(result.ok && result.warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the py dialect does not read a span over midnight'),
    );
  });
});
