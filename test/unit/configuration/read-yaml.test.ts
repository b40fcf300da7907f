import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { configurationOf, GOOD, problemsIn } from './problems-in.ts';

describe('the text of a configuration', () => {
  it.each([
    ['JSON', '{"version":1,"stages":{"dev":{}},"clusters":[{"name":"dev","stage":"dev"}]}'],
    [
      'JSON on lines of its own with CRLF',
      '{\r\n  "version": 1,\r\n  "stages": {"dev": {}},\r\n  "clusters": [{"name": "dev", "stage": "dev"}]\r\n}',
    ],
    ['a byte order mark', `\uFEFF${GOOD}`],
    ['CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['a document between markers', `---\n${GOOD}...\n`],
    ['comments only before it', `# ours\n\n${GOOD}`],
    ['a string tag', GOOD.replace('name: dev', 'name: !!str dev')],
  ])('may be %s', (_, text) => {
    expect(configurationOf(text)).toMatchObject({ version: 1, clusters: [{ name: 'dev', stage: 'dev' }] });
  });

  it.each([
    ['nothing', '', '1:1: : is empty; `nightshift init` writes one to start from'],
    ['comments only', '# later\n', '1:1: : is empty; `nightshift init` writes one to start from'],
    ['null', 'null\n', '1:1: : is empty; `nightshift init` writes one to start from'],
    ['a word', 'hello\n', '1:1: : must be a section of words with values'],
    ['a list', '- version: 1\n', '1:1: : must be a section of words with values'],
    ['two documents', `${GOOD}---\n${GOOD}`, '5:1: : is a second document; leave one, and take out the line ---'],
    ['tabs', 'version: 1\nstages:\n\tdev: {}\n', '3:1: : tabs are not allowed as indentation'],
    ['a tag of another tool', GOOD.replace('name: dev', 'name: !env CLUSTER'), '3:20: : unresolved tag: !env'],
    ['more than a megabyte', `# ${'x'.repeat(1_000_000)}\n${GOOD}`, '1:1: : is larger than a megabyte'],
    ['depths without end', '['.repeat(20_000), '1:1: : is nested too deeply'],
    ['an alias without an anchor', GOOD.replace('{ dev: {} }', '{ dev: *base }'), '2:16: stages.dev: nothing before it is marked &base'],
    [
      'a merge of no section',
      GOOD.replace('{ dev: {} }', '{ dev: { <<: 12 } }'),
      '2:18: stages.dev: << takes the words of a section, and this is none',
    ],
  ])('is refused in one sentence when it is %s', (_, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  it('is refused when it unfolds without end', () => {
    const levels = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`),
    ];

    expect(problemsIn(levels.join('\n'))).toEqual(['1:1: : unfolds to far more than is written, by its aliases; write those parts out']);
  });

  it('tells every mistake of syntax at once', () => {
    const lines = problemsIn('version: [1, }\nstages: {x: ]\n').map((problem) => problem.split(':')[0]);

    expect(new Set(lines)).toEqual(new Set(['1', '2']));
  });
});

describe('words that YAML would lose', () => {
  it('are told with what else is wrong, in the order of the file', () => {
    const text = `version: 1
version: 2
stages:
  dev: {}
  dev: { region: here }
  __proto__: { region: eu-central-1 }
  7: {}
clusters: [{ name: dev, stage: dev }]
sleep:
  : x
  uptime: always
  "uptime": never
`;

    expect(problemsIn(text)).toEqual([
      '2:1: version: is said twice (first in line 1)',
      '2:1: version: must be 1',
      '5:3: stages.dev: is said twice (first in line 4)',
      '5:10: stages.dev.region: must be an AWS region, such as eu-central-1',
      '6:3: stages: __proto__ cannot be a name',
      expect.stringContaining('7:3: stages.7: must be up to 20 lower-case letters'),
      expect.stringContaining('7:3: stages.7: has no cluster'),
      '10:3: sleep: a word is expected before the colon',
      expect.stringContaining('10:3: sleep.: unknown word'),
      '12:3: sleep.uptime: is said twice (first in line 11)',
    ]);
  });

  it('change nothing of what all objects inherit', () => {
    const text = GOOD.replace('{ dev: {} }', '{ dev: {}, __proto__: { polluted: true }, constructor: {} }');

    expect(problemsIn(text).join('\n')).toContain('__proto__ cannot be a name');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString'])('are unknown where %s is no word', (word) => {
    expect(problemsIn(`${GOOD}${word}: {}\n`).join('\n')).toMatch(/^5:1: .*(unknown word|cannot be a name)/m);
  });
});

describe('aliases and merge keys', () => {
  const shared = `version: 1
stages:
  dev:
    region: eu-central-1
    sleep: &night { uptime: always, events: none }
  test: { sleep: *night }
  demo:
    sleep:
      <<: *night
      events: changes
clusters:
  - &cluster { name: one, stage: dev }
  - { <<: *cluster, stage: test }
  - { <<: [*cluster], stage: demo }
`;

  it('share a section among stages, and yield to what is written beside them', () => {
    const { stages, clusters } = configurationOf(shared);

    expect(stages.test?.sleep).toEqual({ uptime: 'always', events: 'none' });
    expect(stages.demo?.sleep).toEqual({ uptime: 'always', events: 'changes' });
    expect(clusters.map(({ name, stage }) => `${name} ${stage}`)).toEqual(['one dev', 'one test', 'one demo']);
  });

  it('lead to the place where a mistake is written, once for each stage that has it', () => {
    expect(problemsIn(shared.replace('events: none', 'evnts: none'))).toEqual([
      '5:37: stages.dev.sleep.evnts: unknown word; did you mean events?',
      '5:37: stages.test.sleep.evnts: unknown word; did you mean events?',
      '5:37: stages.demo.sleep.evnts: unknown word; did you mean events?',
    ]);
  });

  it('may refer to what holds them, and nothing hangs', () => {
    expect(problemsIn('version: 1\nstages: &all\n  dev: *all\nclusters: []\n')).toContain('4:1: clusters: must name at least one cluster');
    expect(readConfiguration('version: 1\nstages: &all\n  <<: *all\nclusters: []\n').ok).toBe(false);
  });
});
