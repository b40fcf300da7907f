import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DECISION_NEIGHBOURS } from '../../support/vectors/decision-neighbours.ts';
import { DECIDED_AT, DECISION_VECTORS, type DecisionVector, manifestsOf } from '../../support/vectors/decisions.ts';
import { vectorOf } from '../../support/vectors/scene-notation.ts';
import { type CliResult, runCli } from './run-cli.ts';

const BASE = ['plan', '-f', '-', '--at', DECIDED_AT, '-o', 'json', '--default-uptime', 'always', '--grace-period', '0'];

function planned(vector: DecisionVector, extra: readonly object[] = []): Promise<CliResult> {
  const stdin = [...manifestsOf(vector), ...extra].map((object) => stringify(object)).join('---\n');
  return runCli([...BASE, ...(vector.flags ?? [])], { stdin });
}

const itemsOf = (result: CliResult): readonly Readonly<Record<string, unknown>>[] =>
  (result.json() as { readonly items: readonly Readonly<Record<string, unknown>>[] }).items;

describe('decisions through plan -f', () => {
  it.each(DECISION_NEIGHBOURS)('$id', async (vector) => {
    const result = await planned(vector);

    expect(result.exitCode).toBe(0);
    expect(itemsOf(result)).toMatchObject(vector.outcomes);
    const [item] = itemsOf(result);
    expect(item?.from !== item?.to).toBe(item?.action === 'sleep' || item?.action === 'wake');
    expect(item?.reason).toMatch(/\S/);
    if (vector.reported) expect(result.stderr).toMatch(/^warning: /m);
    else expect(result.stderr).toBe('');
  });
});

describe('a Pod that asks for uptime', () => {
  const aPod = (namespace: string, phase: string, value = 'true'): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'hold', namespace, annotations: { 'downscaler/force-uptime': value } },
    status: { phase },
  });
  const flags = ['--pod-force-uptime'];

  it.each([
    ['wl:downtime=always', 'kube-system', 'Pending', 'true', '3'],
    ['wl:downtime=always', 'elsewhere', 'Running', 'TRUE', '3'],
    ['wl:downtime=always', 'elsewhere', 'Failed', 'true', '0 o3'],
    ['wl:downtime=always', 'elsewhere', 'Running', 'always', '0 o3'],
    ['wl:downtime=always ns:force-uptime=false', 'elsewhere', 'Running', 'true', '0 o3'],
    ['wl:downtime=always ns:force-downtime=false', 'elsewhere', 'Running', 'true', '3'],
    ['ns:force-downtime=true', 'elsewhere', 'Running', 'true', '3, reported'],
    ['wl:force-downtime=true', 'elsewhere', 'Running', 'true', '3, reported'],
    ['wl:force-downtime=true ns:force-uptime=false', 'elsewhere', 'Running', 'true', '0 o3'],
    ['wl:downtime=always r0 o3', 'elsewhere', 'Running', 'true', '3'],
  ])('%s with a Pod in %s that is %s and says %s: %s', async (scene, namespace, phase, value, outcome) => {
    const vector = vectorOf(scene, outcome, flags);

    const result = await planned(vector, [aPod(namespace, phase, value)]);

    expect(itemsOf(result)).toMatchObject(vector.outcomes);
    expect(result.stderr !== '').toBe(vector.reported);
  });
});

describe('what the published vectors report', () => {
  const published = (id: string): DecisionVector => DECISION_VECTORS.find((vector) => vector.id === id)!;

  it('D43: a workload that a controller owns is skipped, and the reason names its owner', async () => {
    const result = await planned(published('D43'));

    expect(itemsOf(result)).toMatchObject([{ action: 'skip', reason: 'owned by Database/owner: left to its controller' }]);
    expect((await runCli(BASE.with(6, 'text'), { stdin: JSON.stringify(list(published('D43'))) })).stdout).toContain('Database/owner');
  });

  it('D53: a namespace filter that matches only part of a name is named in a lint line', async () => {
    const result = await planned(published('D53'));

    expect(result.stderr).toBe(
      'warning: the namespace filter d4 matches only part of d49, which is not excluded; write .*d4.* to exclude such names\n',
    );
  });

  it('D55a: so is a label filter that matches only part of a label', async () => {
    const result = await planned(published('D55a'));

    expect(result.stderr).toBe(
      'warning: the label filter team=a matches only part of team=a1, which is not enough to take part; write .*team=a.* to let such labels take part\n',
    );
  });

  function list(vector: DecisionVector): object {
    return { apiVersion: 'v1', kind: 'List', items: manifestsOf(vector) };
  }
});
