import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { configurationJsonSchema } from '../../../lib/configuration/json-schema.ts';
import { configurationSchema } from '../../../lib/configuration/schema.ts';
import { bare, schemaAt, wordsBelow } from '../../../lib/configuration/walk-schema.ts';
import manifest from '../../../package.json' with { type: 'json' };
import published from '../../../schema/nightshift.schema.json' with { type: 'json' };
import { aConfiguration } from './configurations.ts';
import { GOOD, problemsIn } from './problems-in.ts';

/** As editors do: every mistake, and examples and titles understood. Addresses are held by their pattern. */
const validate = new Ajv({ allErrors: true, strict: true, formats: { email: true } }).compile(published);

interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly items?: Described;
}

/** What the published schema says of a word, by its path as `wordsBelow` writes it. */
function publishedAt(path: string): Described | undefined {
  return path.split(/\.|(?=\[\])/).reduce<Described | undefined>((node, step) => {
    if (step === '[]') return node?.items;
    return step === '<name>' ? (node?.additionalProperties as Described) : node?.properties?.[step];
  }, published as Described);
}

describe('the published JSON schema', () => {
  it('is the one of the code: npm run build:schema writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
  });

  it('is in the package, in the draft that editors know best', () => {
    expect(manifest.files).toContain('schema');
    expect(published).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'nightshift.yaml',
      description: expect.any(String),
    });
  });

  const words = wordsBelow(configurationSchema);

  it.each(words.map(({ path }) => path))('explains %s', (path) => {
    expect(publishedAt(path)?.description).toMatch(/^\S.{9,}[^.]$/);
  });

  it('has every default, and examples that its own words accept', () => {
    const defaults = words.filter(({ schema }) => schema.safeParse(undefined).success && schema.safeParse(undefined).data !== undefined);
    const examples = words.flatMap(({ path, schema }) => (publishedAt(path)?.examples ?? []).map((example) => ({ path, schema, example })));

    expect(defaults.length).toBeGreaterThan(20);
    expect(defaults.filter(({ path }) => publishedAt(path)?.default === undefined).map(({ path }) => path)).toEqual([]);
    expect(examples.length).toBeGreaterThan(20);
    expect(examples.filter(({ schema, example }) => !schema.safeParse(example).success)).toEqual([]);
  });
});

describe('what the reader takes', () => {
  it('the schema takes', () => {
    expect([validate(parse(GOOD)), validate.errors]).toEqual([true, null]);
    fc.assert(
      fc.property(aConfiguration, (value) => {
        expect([validate(JSON.parse(JSON.stringify(value))), validate.errors]).toEqual([true, null]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what the reader refuses for its shape', () => {
  it.each([
    ['an unknown word', `${GOOD}slep: {}\n`],
    ['an unknown word of a stage', GOOD.replace('dev: {}', 'dev: { accnt: "1" }')],
    ['an account without quotes', GOOD.replace('dev: {}', 'dev: { account: 111122223333 }')],
    ['no account', GOOD.replace('dev: {}', 'dev: { account: "1111" }')],
    ['no region', GOOD.replace('dev: {}', 'dev: { region: frankfurt }')],
    ['another version', GOOD.replace('version: 1', 'version: 2')],
    ['no version', GOOD.replace('version: 1\n', '')],
    ['no stage', GOOD.replace('{ dev: {} }', '{}')],
    ['a stage with nothing', GOOD.replace('{ dev: {} }', '{ dev: }')],
    ['a stage that AWS cannot name', GOOD.replace('{ dev: {} }', '{ Dev: {} }').replace('stage: dev', 'stage: Dev')],
    ['no cluster', GOOD.replace(/clusters: .*/, 'clusters: []')],
    ['a cluster without its stage', GOOD.replace(', stage: dev', '')],
    ['a word that is not in the list', GOOD.replace('uptime:', 'dialect: kotlin, uptime:')],
    ['a number that is not in the list', GOOD.replace('uptime:', 'reconcileMinutes: 7, uptime:')],
    ['half a replica', GOOD.replace('uptime:', 'downtimeReplicas: 0.5, uptime:')],
    ['less than nothing', GOOD.replace('uptime:', 'gracePeriodSeconds: -1, uptime:')],
    ['one for many', GOOD.replace('uptime:', 'namespaces: shop, uptime:')],
    ['no address', `${GOOD}routes: { email: [ops] }\n`],
    ['a price of nothing', `${GOOD}prices: { vcpuHour: 0, gibHour: 1 }\n`],
    ['half a price', `${GOOD}prices: { vcpuHour: 1 }\n`],
    ['too much time', GOOD.replace('dev: {}', 'dev: { functions: { scale-dev-nightly: { timeoutMinutes: 16 } } }')],
  ])('the schema refuses too: %s', (_, text) => {
    expect(problemsIn(text)).not.toEqual([]);
    expect(validate(parse(text))).toBe(false);
  });

  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0.5,
      0,
      '',
      'x',
      'X y',
      '111122223333',
      'eu-central-1',
      'wake',
      'always',
      [],
      ['x'],
      [1],
      {},
      { name: 'x' },
    ),
    fc.string(),
    fc.integer(),
  );

  it('the schema refuses whatever is written anywhere, and nothing else', () => {
    fc.assert(
      fc.property(aConfiguration, fc.constantFrom(...wordsBelow(configurationSchema)), junk, (value, { path }, written) => {
        const changed = withValue(JSON.parse(JSON.stringify(value)) as Tree, path, written);

        const parsed = configurationSchema.safeParse(changed);
        const shapeIsGood = parsed.success || parsed.error.issues.every(({ code, path: at }) => code === 'custom' && isBeyondSchemas(at));

        expect([validate(changed), written, path]).toEqual([shapeIsGood, written, path]);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Tree = { [word: string]: Tree } & Tree[];

/** The value with `written` at `path`, in the first of named sections and lists; what is missing above it is made. */
function withValue(value: Tree, path: string, written: unknown): unknown {
  const steps = path.split(/\.|(?=\[\])/);
  let node = value;
  for (const [index, step] of steps.entries()) {
    const word = step === '[]' ? '0' : step === '<name>' ? (Object.keys(node)[0] ?? 'dev') : step;
    if (index === steps.length - 1) Object.assign(node, { [word]: written });
    else {
      node[word] ??= (steps[index + 1] === '[]' ? [] : {}) as Tree;
      node = node[word];
    }
  }
  return value;
}

/** Regular expressions that do not compile, and lists that belong together: no JSON schema can say it. */
function isBeyondSchemas(path: readonly PropertyKey[]): boolean {
  const inside = schemaAt(configurationSchema, path);
  return path.at(-1) === 'subnets' || (inside !== undefined && bare(inside) instanceof z.ZodString && typeof path.at(-1) === 'number');
}
