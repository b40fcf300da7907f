import { describe, expect, it } from 'vitest';
import { explainStage } from '../../../lib/configuration/explain.ts';
import { nextStates, wantedNow } from '../../../lib/configuration/next-states.ts';
import { type SleepSection, sleepSectionSchema } from '../../../lib/configuration/sleep-section.ts';
import { stagesOf } from '../../../lib/configuration/stage.ts';
import { configurationOf, GOOD } from './problems-in.ts';

/** A Friday noon in Berlin, two days before summer time begins. */
const FRIDAY_NOON = Date.parse('2026-03-27T11:00:00Z');

function sleepOf(words: Partial<SleepSection>): SleepSection {
  return sleepSectionSchema.parse(words);
}

function statesOf(words: Partial<SleepSection>, count = 3): string[] {
  return nextStates(sleepOf(words), FRIDAY_NOON, count).map(({ at, to }) => `${new Date(at).toISOString().slice(0, 16)}Z ${to}`);
}

describe('what a schedule wants next', () => {
  it.each<[string, Partial<SleepSection>, string[]]>([
    [
      'an uptime, across the change to summer time',
      { uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' },
      ['2026-03-27T18:00Z asleep', '2026-03-30T05:00Z awake', '2026-03-30T17:00Z asleep'],
    ],
    [
      'a downtime',
      { downtime: 'Sat-Sun 00:00-24:00 UTC' },
      ['2026-03-28T00:00Z asleep', '2026-03-30T00:00Z awake', '2026-04-04T00:00Z asleep'],
    ],
    [
      'an uptime with a downtime in it',
      { uptime: 'Mon-Sun 08:00-18:00 UTC', downtime: 'Mon-Fri 12:00-13:00 UTC' },
      ['2026-03-27T12:00Z asleep', '2026-03-27T13:00Z awake', '2026-03-27T18:00Z asleep'],
    ],
    [
      'periods',
      { upscalePeriod: 'Mon-Fri 07:00-08:00 UTC', downscalePeriod: 'Mon-Fri 19:00-20:00 UTC' },
      ['2026-03-27T19:00Z asleep', '2026-03-27T20:00Z left-alone', '2026-03-30T07:00Z awake'],
    ],
    ['a date', { uptime: 'until 2026-04-01T00:00:00Z' }, ['2026-04-01T00:00Z asleep']],
    [
      'a default zone',
      { uptime: 'Mon-Fri 07:00-19:00', defaultTimezone: 'America/New_York' },
      ['2026-03-27T23:00Z asleep', '2026-03-30T11:00Z awake', '2026-03-30T23:00Z asleep'],
    ],
    ['always', { uptime: 'always' }, []],
    ['nothing', {}, []],
    ['changes that never change anything', { uptime: 'Mon-Sun 07:00-19:00 UTC', downtime: 'always' }, []],
  ])('is told of %s', (_, words, states) => {
    expect(statesOf(words)).toEqual(states);
  });

  it('begins with what it wants now, and why', () => {
    expect(wantedNow(sleepOf({ uptime: 'Mon-Fri 07:00-19:00 UTC' }), FRIDAY_NOON)).toEqual({ state: 'awake', reason: 'in its uptime' });
    expect(wantedNow(sleepOf({ downscalePeriod: 'never' }), FRIDAY_NOON)).toMatchObject({ state: 'left-alone' });
    expect(wantedNow(sleepOf({}), FRIDAY_NOON)).toEqual({ state: 'awake', reason: 'no schedule applies' });
  });
});

describe('the explanation of a stage', () => {
  it('has where it is, when it runs, and only what differs from the defaults', () => {
    const text = GOOD.replace(
      '{ dev: {} }',
      '{ dev: { region: eu-central-1, sleep: { reconcileMinutes: 30, events: none, excludeNames: [] } } }',
    );
    const [stage] = stagesOf(configurationOf(text));

    expect(stage && explainStage(stage, FRIDAY_NOON)).toEqual({
      stage: 'dev',
      prefix: 'nightshift-dev',
      region: 'eu-central-1',
      clusters: [{ name: 'dev', eksName: 'dev', accessEntry: 'create', access: { via: 'own' } }],
      schedule: { uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' },
      now: { state: 'awake', reason: 'in its uptime' },
      next: [
        { at: '2026-03-27T18:00:00Z', to: 'asleep' },
        { at: '2026-03-30T05:00:00Z', to: 'awake' },
        { at: '2026-03-30T17:00:00Z', to: 'asleep' },
      ],
      runs: {
        edges: [
          { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], at: '07:00', zone: 'Europe/Berlin' },
          { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], at: '19:00', zone: 'Europe/Berlin' },
        ],
        everyMinutes: 30,
      },
      policy: { events: 'none', excludeNames: [] },
      routes: { email: [] },
      smoke: { suites: [] },
    });
  });

  it('has what it proves and for whom, without the text of suites and without what nobody said', () => {
    const text = `${GOOD}smoke:
  suites:
    shop: { file: shop.yaml, app: shop, target: { cluster: dev, namespace: shop, name: web }, codeDeploy: [shop] }
  url: { tokenParameter: /token }
`;
    const documents = new Map([['shop.yaml', { json: '{}', parameters: ['/a'], secrets: ['b'] }]]);
    const [stage] = stagesOf(configurationOf(text), documents);

    expect(stage && explainStage(stage, FRIDAY_NOON).smoke).toEqual({
      suites: [
        {
          name: 'shop',
          app: 'shop',
          target: { cluster: 'dev', namespace: 'shop', kind: 'Deployment', name: 'web' },
          codeDeploy: ['shop'],
          reads: ['/a', 'b'],
        },
      ],
      url: { tokenParameter: '/token' },
    });
  });
});
