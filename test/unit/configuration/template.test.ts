import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flowYaml } from '../../../lib/configuration/flow-yaml.ts';
import { configurationSchema } from '../../../lib/configuration/schema.ts';
import { configurationText, type TemplateAnswers } from '../../../lib/configuration/template.ts';
import { knownWords, schemaAt, wordsBelow } from '../../../lib/configuration/walk-schema.ts';
import { configurationOf, problemsIn } from './problems-in.ts';

const answers: TemplateAnswers = {
  schema: './nightshift.schema.json',
  name: 'nightshift',
  stage: 'dev',
  clusters: ['dev'],
  uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin',
  email: [],
};

/** A commented word, `#word: value`; sentences have a space after their `#`. */
const COMMENTED = /^( *)#([A-Za-z][\w-]*: .*)$/;

/** The text as someone leaves it who takes out the marks of the comments that `wanted` chooses. */
function uncommented(text: string, wanted: (word: string) => boolean): string {
  return text
    .split('\n')
    .map((line) =>
      line.replace(COMMENTED, (whole, indent: string, rest: string) => (wanted(rest.split(':')[0] ?? '') ? indent + rest : whole)),
    )
    .join('\n');
}

describe('a new file', () => {
  it('tells editors where its schema is, in the first line', () => {
    expect(configurationText(answers).split('\n')[0]).toBe('# yaml-language-server: $schema=./nightshift.schema.json');
  });

  it('shows every word of every section, with its meaning above it', () => {
    const lines = configurationText(answers).split('\n');
    const sections = [[], ['stages', 'dev'], ['clusters', 0], ['sleep'], ['routes']];

    for (const word of sections.flatMap((path) => knownWords(schemaAt(configurationSchema, path)))) {
      const at = lines.findIndex((line) => new RegExp(`^ *(- |#)?${word}:`).test(line));
      expect(`${word} ${lines[at - 1]}`).toMatch(/ *# \S.*\.$/);
    }
  });

  it('says the defaults in its comments', () => {
    const parsed = configurationOf(configurationText(answers));
    const all = parse(uncommented(configurationText(answers), () => true)) as typeof parsed;
    const withDefaults = wordsBelow(configurationSchema.shape.sleep, 'sleep').filter(
      ({ schema }) => schema.safeParse(undefined).data !== undefined,
    );

    expect(withDefaults.length).toBeGreaterThan(8);
    for (const { path, schema } of withDefaults) {
      const word = path.split('.')[1] as keyof typeof all.sleep;
      const { data } = schema.safeParse(undefined);
      if (JSON.stringify(data) !== '[]') expect([word, all.sleep[word]]).toEqual([word, data]);
    }
    expect(all.stages.dev).toMatchObject({ logLevel: 'info', logRetentionDays: 30, testEvents: 'create' });
  });

  it.each([
    ['nothing', () => false],
    ['everything but periods', (word: string) => !word.endsWith('Period')],
    ['periods', (word: string) => word.endsWith('Period')],
  ])('is good with the marks taken out of %s', (what, wanted) => {
    const text = uncommented(configurationText(answers), wanted);

    expect(problemsIn(what === 'periods' ? text.replace(/^ {2}uptime: .*$/m, '') : text)).toEqual([]);
  });

  it('is good, and says what was answered, whatever that is', () => {
    const aName = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), fc.constantFrom('true', 'null', 'no', 'off', 'y'));
    const anAnswer: fc.Arbitrary<TemplateAnswers> = fc.record(
      {
        schema: fc.constant('./x.json'),
        name: aName,
        stage: aName,
        account: fc.stringMatching(/^[0-9]{12}$/),
        region: fc.constant('eu-central-1'),
        clusters: fc.uniqueArray(
          fc.oneof(fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9_-]{0,9}$/), fc.constantFrom('1e5', '0x1F', '007', 'null')),
          { minLength: 1, maxLength: 4 },
        ),
        uptime: fc.constantFrom('always', 'true', 'never', 'Mon-Fri 07:00-19:00', 'Mon-Fri 07:00-19:00 UTC, Sat-Sat 10:00-12:00 UTC'),
        timezone: fc.constantFrom('UTC', 'Etc/GMT+5'),
        email: fc.subarray(["o'neil@example.com", 'a+b@example.org']),
        slackWebhookParameter: fc.constantFrom('/a', '/nightshift/slack.hook'),
      },
      { requiredKeys: ['schema', 'name', 'stage', 'clusters', 'uptime', 'timezone', 'email'] },
    );

    fc.assert(
      fc.property(anAnswer, (said) => {
        const { name, stages, clusters, sleep, routes } = configurationOf(configurationText(said));

        expect([name, Object.keys(stages), clusters.map((cluster) => cluster.name)]).toEqual([said.name, [said.stage], [...said.clusters]]);
        expect([stages[said.stage]?.account, stages[said.stage]?.region]).toEqual([said.account, said.region]);
        expect([sleep.uptime, sleep.defaultTimezone]).toEqual([said.uptime, said.timezone]);
        expect([routes.email, routes.slack?.webhookParameter]).toEqual([[...said.email], said.slackWebhookParameter]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('flowYaml', () => {
  it('writes any value of JSON in one line that reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = flowYaml(value);

        expect(text).not.toContain('\n');
        expect(parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });
});
