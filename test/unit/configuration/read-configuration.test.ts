import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { GOOD, problemsIn } from './problems-in.ts';

/** A good file with one more line, or another in the place of one. */
function withLine(line: string): string {
  const word = line.split(':')[0] ?? '';
  const rest = GOOD.split('\n').filter((each) => each !== '' && !each.startsWith(`${word}:`));
  return [...rest, line].join('\n');
}

describe('a mistake in the file', () => {
  it.each([
    // A word that nobody knows.
    ['slep: {}', 'slep: unknown word; did you mean sleep?'],
    ['sleep: { uptme: always }', 'sleep.uptme: unknown word; did you mean uptime?'],
    ['sleep: { timezone: UTC }', 'sleep.timezone: unknown word; did you mean defaultTimezone?'],
    ['uptime: always', 'uptime: unknown word here; it belongs into sleep'],
    ['region: eu-central-1', 'region: unknown word here; it belongs into stages.<name> or clusters[]'],
    ['webhookParameter: /a', 'webhookParameter: unknown word here; it belongs into routes.slack'],
    ['monitoring: {}', 'monitoring: unknown word; known here are version, name, stages, clusters, sleep, routes, smoke, prices'],
    [
      'stages: { dev: { functions: { scale-dev-nightli: {} } } }',
      'stages.dev.functions.scale-dev-nightli: unknown word; did you mean scale-dev-nightly?',
    ],
    // A value of another kind.
    ['stages: { dev: { account: 011122223333 } }', 'stages.dev.account: must be text; put it in quotes: "011122223333"'],
    ['stages: { dev: { account: "1111" } }', 'stages.dev.account: must be the 12 digits of an AWS account'],
    ['stages: { dev: { region: frankfurt } }', 'stages.dev.region: must be an AWS region, such as eu-central-1'],
    ['stages: { dev: }', 'stages.dev: is empty, where a section of words with values belongs; write {} when it says nothing of its own'],
    ['stages: [dev]', 'stages: must be a section of names with sections of their own'],
    ['stages:', 'stages: is empty, where a section of names with sections of their own belongs'],
    ['stages: {}', 'stages: must name at least one stage'],
    ['clusters: dev', 'clusters: must be a list; put it in brackets: [dev]'],
    ['clusters: { name: dev, stage: dev }', 'clusters: must be a list; put it in brackets: [...]'],
    ['clusters:', 'clusters: is empty, where a list belongs; write [] for none'],
    ['clusters: []', 'clusters: must name at least one cluster'],
    ['name: My Team', 'name: must be up to 20 lower-case letters, digits and dashes, starting with a letter'],
    ['name: true', 'name: must be text; put it in quotes: "true"'],
    ['name: [a]', 'name: must be text'],
    ['version: "1"', 'version: must be 1'],
    ['sleep: { podForceUptime: yes }', 'sleep.podForceUptime: must be true or false'],
    ['sleep: { gracePeriodSeconds: 15m }', 'sleep.gracePeriodSeconds: must be a number'],
    ['sleep: { gracePeriodSeconds: -1 }', 'sleep.gracePeriodSeconds: must be at least 0'],
    ['sleep: { downtimeReplicas: 0.5 }', 'sleep.downtimeReplicas: must be a whole number'],
    ['sleep: { uptime: }', 'sleep.uptime: is empty, where text belongs'],
    ['sleep: { excludeNamespaces: monitoring }', 'sleep.excludeNamespaces: must be a list; put it in brackets: [monitoring]'],
    ['sleep: { excludeNames: ["("] }', 'sleep.excludeNames[0]: is not a regular expression'],
    [
      'stages: { dev: { functions: { scale-dev-nightly: { timeoutMinutes: 16 } } } }',
      'stages.dev.functions.scale-dev-nightly.timeoutMinutes: must be at most 15',
    ],
    ['routes: { email: [ops] }', 'routes.email[0]: must be an e-mail address'],
    [
      'routes: { slack: {} }',
      'routes.slack.webhookParameter: is missing: the SSM parameter (a SecureString that you create) with the URL of a Slack webhook',
    ],
    ['prices: { vcpuHour: 0, gibHour: 1 }', 'prices.vcpuHour: must be more than 0'],
    ['prices: { vcpuHour: 1, gibHour: 1, currency: euro }', 'prices.currency: must be a currency code, such as USD'],
    [
      'stages: { dev: { vpc: { id: vpc-1, availabilityZones: [], subnets: [] } } }',
      'stages.dev.vpc.availabilityZones: must have at least 1',
    ],
    // A word that is not in a list of words.
    ['sleep: { events: change }', 'sleep.events: must be one of none, problems, changes; did you mean changes?'],
    ['sleep: { dialect: kotlin }', 'sleep.dialect: must be one of nightshift, py, go'],
    ['sleep: { kinds: [Deploymnet] }', 'sleep.kinds[0]: must be one of Deployment, StatefulSet, CronJob; did you mean Deployment?'],
    ['sleep: { reconcileMinutes: 12 }', 'sleep.reconcileMinutes: must be one of 5, 10, 15, 20, 30, 60'],
  ])('%s is told with what to write instead', (line, problem) => {
    expect(problemsIn(withLine(line)).map((text) => text.replace(/^\d+:\d+: /, ''))).toContain(problem);
  });

  it('in a word that must be there is told where that belongs, with what it means', () => {
    expect(problemsIn('stages: { dev: {} }\nclusters:\n  - { name: dev }\n')).toEqual([
      '1:1: version: is missing; it is 1',
      '1:11: stages.dev: has no cluster; name it as the stage of one, or take it out',
      '3:5: clusters[0].stage: is missing: the stage whose functions look after it',
    ]);
  });

  it('hides no other: all are told at once, in the order of the file, each where it is', () => {
    const text = `version: 1
nam: x
stages:
  dev:
    account: 111122223333
    sleep: { uptime: Mon-Fry 07:00-19:00 UTC }
  prod: {}
clusters:
  - name: dev
    stage: dve
  - 7
sleep:
  kinds:
    - Deployment
    - Pod
routes:
  email:
    - a@example.com
    - b
`;

    expect(problemsIn(text).map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      '2:1: nam',
      '5:5: stages.dev.account',
      '6:14: stages.dev.sleep.uptime',
      '7:3: stages.prod',
      '10:5: clusters[0].stage',
      '11:5: clusters[1]',
      '15:7: sleep.kinds[1]',
      '19:7: routes.email[1]',
    ]);
  });

  it('is found in JSON too', () => {
    expect(
      problemsIn('{\n  "version": 1,\n  "stages": {"dev": {"account": 1}},\n  "clusters": [{"name": "dev", "stage": "dev"}]\n}'),
    ).toEqual(['3:22: stages.dev.account: must be text; put it in quotes: "1"']);
  });

  it('is found in time however many there are', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `w${index}: 1`).join('\n');

    expect(problemsIn(text).length).toBeGreaterThanOrEqual(20_000);
  });
});

describe('a file with nothing wrong', () => {
  it('comes with every default', () => {
    const result = readConfiguration(GOOD);

    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      configuration: {
        name: 'nightshift',
        stages: { dev: { logLevel: 'info', logRetentionDays: 30, testEvents: 'create', functions: {} } },
        clusters: [{ name: 'dev', stage: 'dev', accessEntry: 'create' }],
        sleep: { reconcileMinutes: 15, dialect: 'nightshift', kinds: ['Deployment', 'StatefulSet', 'CronJob'] },
        routes: { email: [] },
      },
    });
  });

  it('comes with warnings where a time spec may not mean what it seems to', () => {
    const result = readConfiguration(GOOD.replace('Mon-Fri 07:00-19:00', 'Mon-Fri 07:00-07:00'));

    expect(result).toMatchObject({
      ok: true,
      warnings: [{ path: 'sleep.uptime', line: 4, column: 10, message: expect.stringContaining('never matches') }],
    });
  });
});
