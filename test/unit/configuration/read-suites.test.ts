import { describe, expect, it } from 'vitest';
import { LARGEST_DOCUMENT_BYTES, MOST_PIECES } from '../../../lib/configuration/document-pieces.ts';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { readSuites, type SuiteRemark, type SuitesResult } from '../../../lib/configuration/read-suites.ts';
import { parseSuite } from '../../../lib/smoke/suite/parse-suite.ts';
import { readSuite } from '../../../lib/smoke/suite/read-suite.ts';

const CHECK = `checks:
  - { name: home, http: { url: "{{base}}/" } }
`;
const SUITE = `version: 1
variables:
  base: https://shop.example.com
${CHECK}`;

function withVariable(text: string): string {
  return SUITE.replace('  base:', `  extra: ${text}\n  base:`).replace('}/"', '}/{{extra}}"');
}

function configuration(smoke: string, clusters = '[{ name: blue, stage: dev }, { name: live, stage: prod }]'): string {
  return `version: 1
stages: { dev: {}, prod: {} }
clusters: ${clusters}
sleep: { uptime: always }
smoke:
${smoke
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;
}

async function read(text: string, files: Readonly<Record<string, string>>): Promise<SuitesResult> {
  const result = readConfiguration(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return readSuites(result, async (file) => {
    const found = files[file];
    if (found === undefined) throw new Error(`${file} cannot be read: there is no such file`);
    return found;
  });
}

const lineOf = ({ file = 'nightshift.yaml', line, column, path, message }: SuiteRemark): string =>
  `${file}:${line}:${column}: ${path}: ${message}`;

async function problems(text: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await read(text, files);
  return result.ok ? [] : result.problems.map(lineOf);
}

async function warnings(text: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await read(text, files);
  if (!result.ok) throw new Error(result.problems.map(lineOf).join('\n'));
  return result.warnings.map(lineOf);
}

const ONE = configuration('suites: { shop: { file: smoke/shop.yaml, stages: [dev] } }');

describe('a suite that nightshift.yaml names', () => {
  it('is a document of JSON from which the function reads the very suite of the file', async () => {
    const text = SUITE.replace('deadline', '').replace('variables:', 'deadline: 30s # half a minute\nvariables:');

    const result = await read(ONE, { 'smoke/shop.yaml': text });

    const { json = '' } = (result.ok ? result.documents.get('smoke/shop.yaml') : undefined) ?? {};
    expect(json).not.toMatch(/\n|half/);
    expect(await parseSuite(JSON.parse(json), 'shop')).toEqual(await readSuite(text, { name: 'shop' }));
  });

  it('says what its variables ask AWS for, each once', async () => {
    const text = `version: 1
variables:
  a: { from: ssm /shop/a }
  b: { from: ssm /shop/a, secret: false }
  c: { from: "secretsManager shop/api#key" }
  d: { from: "secretsManager shop/api" }
  base: x
checks:
  - { name: home, http: { url: "https://example.com/{{a}}/{{b}}/{{c}}/{{d}}/{{base}}" } }
`;

    const result = await read(ONE, { 'smoke/shop.yaml': text });

    expect(result.ok && result.documents.get('smoke/shop.yaml')).toMatchObject({ parameters: ['/shop/a'], secrets: ['shop/api'] });
  });

  it('is read once where two suites share its file', async () => {
    const text = configuration('suites: { a: { file: x.yaml, stages: [dev] }, b: { file: x.yaml, stages: [dev] } }');
    const reads: string[] = [];
    const result = readConfiguration(text);

    if (result.ok)
      await readSuites(result, async (file) => {
        reads.push(file);
        return SUITE;
      });

    expect(reads).toEqual(['x.yaml']);
  });
});

describe('what is wrong', () => {
  it('in any file is told at once, with file, line and column, and what is wrong with nightshift.yaml first', async () => {
    const text = configuration('suites:\n  b: { file: b.yaml }\n  gone: { file: gone.yaml }\n  a: { file: a.yaml }');
    const files = { 'b.yaml': SUITE.replace('http:', 'htp:'), 'a.yaml': 'version: 1\nchekcs: []\nchecks: {' };

    const found = await problems(text, files);

    expect(found[0]).toBe('nightshift.yaml:8:13: smoke.suites.gone.file: gone.yaml cannot be read: there is no such file');
    expect(found[1]).toMatch(/^a\.yaml:3:\d+: : /);
    expect(found.at(-1)).toMatch(/^b\.yaml:5:\d+: checks\[0\].*htp/);
  });

  it('with a file that two suites name is told at both', async () => {
    const text = configuration('suites:\n  a: { file: gone.yaml }\n  b: { file: gone.yaml }');

    expect(await problems(text, {})).toEqual([
      'nightshift.yaml:7:10: smoke.suites.a.file: gone.yaml cannot be read: there is no such file',
      'nightshift.yaml:8:10: smoke.suites.b.file: gone.yaml cannot be read: there is no such file',
    ]);
  });

  it.each([
    [
      'a variable of the environment, which Lambda does not have',
      ONE,
      withVariable('{ env: SMOKE_USER }'),
      [
        'smoke/shop.yaml:3:3: variables.extra: is of the environment (SMOKE_USER), which the function does not have; take it from SSM, or let the caller give it (given: true)',
      ],
    ],
    [
      'an address that the configuration does not permit',
      configuration('allow: [127.0.0.0/30]\nsuites: { shop: { file: smoke/shop.yaml } }'),
      `allow: [127.0.0.1, 127.0.0.0/29, here]\n${SUITE}`,
      [
        'smoke/shop.yaml:1:20: allow[1]: 127.0.0.0/29 is not permitted; name it in nightshift.yaml, under smoke.allow',
        'smoke/shop.yaml:1:34: allow[2]: must be an address or a network: 127.0.0.1 or 10.0.0.0/8',
      ],
    ],
    [
      'a Secret where a stage has two clusters to read it from',
      configuration(
        'suites: { shop: { file: smoke/shop.yaml } }',
        '[{ name: blue, stage: dev }, { name: red, stage: dev }, { name: live, stage: prod }]',
      ),
      withVariable('{ from: "secret shop/login#password" }'),
      ['nightshift.yaml:6:13: smoke.suites.shop: reads extra from a cluster, and stage dev has 2; say which in target'],
    ],
  ])('is told: %s', async (_, text, suite, expected) => {
    expect(await problems(text, { 'smoke/shop.yaml': suite })).toEqual(expected);
  });

  it('is a suite that takes more parameters than a suite may have, and one that just fits is not', async () => {
    const [{ length: around }] = [
      JSON.stringify({ version: 1, variables: { base: '' }, checks: [{ name: 'home', http: { url: '{{base}}/' } }] }),
    ];
    const most = MOST_PIECES * LARGEST_DOCUMENT_BYTES - around;
    const suite = (size: number): string => SUITE.replace('https://shop.example.com', 'x'.repeat(size));

    expect(await problems(ONE, { 'smoke/shop.yaml': suite(most) })).toEqual([]);
    expect(await problems(ONE, { 'smoke/shop.yaml': suite(most + 1) })).toEqual([
      'smoke/shop.yaml:1:1: : is too large to be deployed: 81 KiB, and 80 are the most; make two suites of it',
    ]);
  });
});

describe('what is right', () => {
  it.each([
    ['a Secret of the only cluster of its stage', ONE],
    [
      "a Secret of its target's cluster",
      configuration(
        'suites: { shop: { file: smoke/shop.yaml, target: { cluster: red, namespace: shop, name: web } } }',
        '[{ name: blue, stage: dev }, { name: red, stage: dev }, { name: live, stage: prod }]',
      ),
    ],
  ])('is no problem: %s', async (_, text) => {
    expect(await problems(text, { 'smoke/shop.yaml': withVariable('{ from: "secret shop/login#password" }') })).toEqual([]);
  });
});

describe('what may not be meant', () => {
  const signed = SUITE.replace('}/"', '}/", auth: { sigv4: { service: execute-api, region: eu-central-1 } }');

  it('is a check that signs its call where nothing may be called', async () => {
    expect(await warnings(ONE, { 'smoke/shop.yaml': signed })).toEqual([
      'nightshift.yaml:6:13: smoke.suites.shop: signs home with SigV4, and smoke.apis names nothing that the function may call',
    ]);
    const named = ONE.replace('  suites', '  apis: ["arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/*"]\n  suites');
    expect(await warnings(named, { 'smoke/shop.yaml': signed })).toEqual([]);
  });

  it('is an event that gives no value where the suite asks its caller for one', async () => {
    const text = ONE.replace('stages: [dev] }', 'stages: [dev], codeDeploy: [shop], on: [{ source: [x] }] }');

    expect(await warnings(text, { 'smoke/shop.yaml': withVariable('{ given: true }') })).toEqual([
      'nightshift.yaml:6:59: smoke.suites.shop.codeDeploy: gives the suite no value for extra: it will fail',
      'nightshift.yaml:6:79: smoke.suites.shop.on: gives the suite no value for extra: it will fail',
    ]);
    expect(await warnings(ONE, { 'smoke/shop.yaml': withVariable('{ given: true }') })).toEqual([]);
  });

  it('is told by the suite itself as well', async () => {
    expect(await warnings(ONE, { 'smoke/shop.yaml': SUITE.replace('  base:', '  idle: x\n  base:') })).toEqual([
      'smoke/shop.yaml:3:3: variables.idle: is used by no check',
    ]);
  });
});
