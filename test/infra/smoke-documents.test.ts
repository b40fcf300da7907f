import { describe, expect, it } from 'vitest';
import { askedOf } from '../../functions/post-deploy-smoke/asked.ts';
import { POLICY_PARAMETER_VARIABLE, type SmokeConfig, smokeConfig } from '../../functions/post-deploy-smoke/config.ts';
import { smokeEventSchema } from '../../functions/post-deploy-smoke/event.ts';
import { policyDocumentSchema } from '../../functions/post-deploy-smoke/policy-document.ts';
import { smokeDocuments } from '../../infra/functions/smoke-documents.ts';
import { MOST_PIECES } from '../../lib/configuration/document-pieces.ts';
import type { SuiteDocument, SuiteDocuments } from '../../lib/configuration/stage-smoke.ts';
import { parseSuite } from '../../lib/smoke/suite/parse-suite.ts';
import { readSuite } from '../../lib/smoke/suite/read-suite.ts';
import { stagesIn, suitesIn, wholeFile } from './stage.ts';

function file(clusters: number, suites: string): string {
  const each = (index: number): string =>
    `  - { name: dev-${index}, stage: dev, account: "${222_200_000_000 + index}", region: eu-west-1 }`;
  return `
version: 1
stages: { dev: { account: "111122223333", region: eu-central-1 } }
clusters:
${Array.from({ length: clusters }, (_, index) => each(index)).join('\n')}
smoke:
  suites:
${suites}
`;
}

/** A suite of so many checks, about 120 bytes each, with characters of several bytes. */
function suiteOf(checks: number): string {
  const check = (index: number): string =>
    `  - { name: "prüfung ${index} 🦉", http: { url: "https://shop.example.com/${index}" }, assert: [{ status: 200 }, { body: { contains: "größe €" } }] }`;
  return `version: 1\nchecks:\n${Array.from({ length: checks }, (_, index) => check(index)).join('\n')}\n`;
}

function documentsOf(text: string, documents: SuiteDocuments): readonly string[] {
  const [stage] = stagesIn(text, documents);
  return smokeDocuments(stage!, (index) => `/policy-${index}`);
}

/** What the function makes of the documents. */
async function read(documents: readonly string[]): Promise<SmokeConfig> {
  const get = async (name: string): Promise<string> => documents[Number(/^\/policy-(\d+)$/.exec(name)![1])]!;
  return smokeConfig({ [POLICY_PARAMETER_VARIABLE]: '/policy-0' }, { get, secret: async () => Promise.reject(new Error('none')) });
}

const nobody = async (): Promise<string> => Promise.reject(new Error('no deployment'));
const documentOf = (json: string): SuiteDocument => ({ json, parameters: [], secrets: [] });

describe('the documents of post-deploy-smoke', () => {
  it('say which suites there are, whose they are and where their text is', () => {
    const [stage] = stagesIn(wholeFile);
    const [first = '', ...others] = smokeDocuments(stage!, (index) => `/policy-${index}`);

    expect(policyDocumentSchema.parse(JSON.parse(first))).toEqual({
      version: 1,
      clusters: [
        expect.objectContaining({ name: 'dev', via: 'eks' }),
        expect.objectContaining({ name: 'far', roleArn: 'arn:aws:iam::222233334444:role/nightshift-dev-post-deploy-smoke-us-east-1' }),
      ],
      suites: {
        shop: {
          app: 'shop',
          target: { cluster: 'dev', namespace: 'shop', kind: 'Deployment', name: 'web' },
          codeDeploy: ['shop'],
          parameters: ['/policy-1'],
        },
        other: { target: { cluster: 'dev', namespace: 'shop', kind: 'StatefulSet', name: 'db' }, parameters: ['/policy-2'] },
      },
      allow: ['169.254.20.10/32'],
    });
    expect(others).toHaveLength(2);
  });

  it.each([1, 60, 500])('bring a suite of %i checks to the function byte by byte, in parameters that cost nothing', async (checks) => {
    const text = file(1, '    shop: { file: shop.yaml }');
    const suites = await suitesIn(text, { 'shop.yaml': suiteOf(checks) });

    const documents = documentsOf(text, suites);
    const config = await read(documents);
    const asked = await askedOf(smokeEventSchema.parse({ suite: 'shop' }), config, nobody);

    const { json = '' } = suites.get('shop.yaml') ?? {};
    expect(documents.filter((document) => Buffer.byteLength(document) > 4096)).toEqual([]);
    expect(documents.slice(1).join('')).toBe(json);
    expect(documents.length).toBe(1 + Math.ceil(Buffer.byteLength(json) / 4093));
    expect(asked.suite).toEqual(await parseSuite(JSON.parse(json), 'shop'));
    expect(asked.suite?.checks).toEqual((await readSuite(suiteOf(checks))).checks);
  });

  it.each([1, 24, 60, 500])('lead the function to all of %i clusters and to its suites beside them', async (clusters) => {
    const text = file(clusters, '    shop: { file: shop.yaml, app: shop }\n    blog: { file: blog.yaml }');
    const suites = await suitesIn(text, { 'shop.yaml': suiteOf(60), 'blog.yaml': suiteOf(1) });

    const documents = documentsOf(text, suites);
    const config = await read(documents);
    const asked = [];
    for (const suite of ['shop', 'blog']) asked.push(await askedOf(smokeEventSchema.parse({ suite }), config, nobody));

    expect(documents.filter((document) => Buffer.byteLength(document) > 4096)).toEqual([]);
    expect(config.clusters.map(({ name }) => name)).toEqual(Array.from({ length: clusters }, (_, index) => `dev-${index}`));
    expect(asked.map(({ suite, app }) => [suite?.checks.length, app])).toEqual([
      [60, 'shop'],
      [1, undefined],
    ]);
  });

  it('take the largest suite that is let in, and the function reads no larger one', () => {
    const text = file(1, '    shop: { file: shop.yaml }');
    const most = documentsOf(text, new Map([['shop.yaml', documentOf('x'.repeat(MOST_PIECES * 4096))]]));

    expect(most).toHaveLength(1 + MOST_PIECES);
    expect(() => documentsOf(text, new Map([['shop.yaml', documentOf('x'.repeat(MOST_PIECES * 4096 + 1))]]))).toThrow('parameters');
  });

  it('are refused when the list of the suites alone is too long for a parameter', () => {
    const names = Array.from({ length: 80 }, (_, index) => `suite-with-a-rather-long-name-${index}`);
    const text = file(1, names.map((name) => `    ${name}: { file: shop.yaml }`).join('\n'));

    expect(() => documentsOf(text, new Map([['shop.yaml', documentOf('{}')]]))).toThrow(
      'stage dev has too many suites: the list of them has more than 4096 bytes; make another stage for some',
    );
  });
});
