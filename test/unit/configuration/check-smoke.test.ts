import { describe, expect, it } from 'vitest';
import { configurationOf, problemsIn } from './problems-in.ts';

const BASE = `version: 1
stages: { dev: {}, prod: {} }
clusters: [{ name: blue, stage: dev }, { name: red, stage: prod }]
sleep: { uptime: always }
smoke:
  suites:
`;

function fileWith(...suites: string[]): string {
  return `${BASE}${suites.map((suite) => `    ${suite}\n`).join('')}`;
}

describe('smoke suites, stages and clusters', () => {
  it.each([
    [
      'a mistyped stage',
      fileWith('shop: { file: shop.yaml, stages: [dve] }'),
      ['7:39: smoke.suites.shop.stages[0]: no stage is called dve; did you mean dev?'],
    ],
    [
      'a mistyped cluster',
      fileWith('shop: { file: shop.yaml, target: { cluster: blu, namespace: shop, name: web } }'),
      ['7:40: smoke.suites.shop.target.cluster: no cluster is called blu; did you mean blue?'],
    ],
    [
      'a cluster of another stage',
      fileWith('shop: { file: shop.yaml, stages: [dev, prod], target: { cluster: blue, namespace: shop, name: web } }'),
      ['7:61: smoke.suites.shop.target.cluster: blue is no cluster of stage prod; name stages that look after it'],
    ],
    [
      'one application of CodeDeploy for two suites of a stage',
      fileWith('a: { file: a.yaml, codeDeploy: [shop] }', 'b: { file: b.yaml, stages: [prod], codeDeploy: [shop] }'),
      ['8:53: smoke.suites.b.codeDeploy[0]: shop has the suite a already; an application has one'],
    ],
    [
      'a name that no path could hold',
      fileWith('"a/b": { file: a.yaml }'),
      ['7:5: smoke.suites.a/b: must be up to 64 letters, digits, dots, dashes and underscores, starting with a small letter or a digit'],
    ],
  ])('%s is told where it is', (_, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  it('may name one application of CodeDeploy in two stages', () => {
    const text = fileWith(
      'a: { file: a.yaml, stages: [dev], codeDeploy: [shop] }',
      'b: { file: b.yaml, stages: [prod], codeDeploy: [shop] }',
    );

    expect(problemsIn(text)).toEqual([]);
  });

  it('take a Deployment for meant where no kind is said', () => {
    const { smoke } = configurationOf(fileWith('shop: { file: shop.yaml, target: { cluster: red, namespace: shop, name: web } }'));

    expect(smoke?.suites.shop?.target?.kind).toBe('Deployment');
  });
});
