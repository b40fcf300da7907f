import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DECIDED_AT, DECISION_VECTORS, manifestsOf, namespaceOf } from '../../support/vectors/decisions.ts';
import { runCli } from './run-cli.ts';

interface Planned {
  readonly items: readonly { readonly namespace: string; readonly action: string }[];
}

describe('the published decision vectors through plan -f', () => {
  it.each(DECISION_VECTORS)('$id', async (vector) => {
    const manifests = manifestsOf(vector)
      .map((object) => stringify(object))
      .join('---\n');
    const base = ['plan', '-f', '-', '--at', DECIDED_AT, '-o', 'json', '--default-uptime', 'always', '--grace-period', '0'];

    const result = await runCli([...base, ...(vector.flags ?? [])], { stdin: manifests });

    expect(result.exitCode).toBe(0);
    const { items } = result.json() as Planned;
    const expected = vector.outcomes.map((outcome, index) => ({ namespace: namespaceOf(vector.scenes[index]!, index), ...outcome }));
    expect(items).toHaveLength(expected.length);
    for (const outcome of expected) expect(items.find(({ namespace }) => namespace === outcome.namespace)).toMatchObject(outcome);
    if (vector.reported) expect(result.stderr).toMatch(/^warning: /m);
  });

  it('makes the same decisions of one list of JSON', async () => {
    for (const vector of DECISION_VECTORS.slice(0, 3)) {
      const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifestsOf(vector) });

      const result = await runCli(
        ['plan', '-f', '-', '--at', DECIDED_AT, '-o', 'json', '--default-uptime', 'always', '--grace-period', '0'],
        { stdin },
      );

      expect((result.json() as Planned).items).toMatchObject(vector.outcomes);
    }
  });
});
