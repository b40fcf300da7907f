import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { POLICY_VARIABLE, STATE_BUCKET_VARIABLE, scaleConfig } from '../../../functions/scale-dev-nightly/config.ts';
import { specOptions } from '../../../lib/configuration/check-schedules.ts';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { sleepPolicyOf } from '../../../lib/configuration/sleep-section.ts';
import { type StageConfig, spokeRoleArn, stagesOf } from '../../../lib/configuration/stage.ts';
import { readValues } from '../../../lib/sleep/scope.ts';
import { aConfiguration } from './configurations.ts';
import { configurationOf, problemsIn } from './problems-in.ts';

const noParameters = { get: () => Promise.reject(new Error('unused')), secret: () => Promise.reject(new Error('unused')) };

/** The document that the function gets of a stage; how clusters are reached is told in its own words. */
function documentOf({ prefix, sleep, clusters }: StageConfig): string {
  const targets = clusters.map(({ name, eksName, region, access }) => ({
    via: 'eks',
    name,
    eksName,
    ...(region !== undefined && { region }),
    ...(access.via === 'role' && { roleArn: access.roleArn }),
    ...(access.via === 'spoke' && { roleArn: spokeRoleArn(prefix, 'scale-dev-nightly', access) }),
    ...(access.via !== 'own' && access.externalId !== undefined && { externalId: access.externalId }),
  }));
  return JSON.stringify({ version: 1, clusters: targets, policy: sleepPolicyOf(sleep) });
}

describe('any good file', () => {
  it('becomes documents that the function takes, with all its words and time specs', async () => {
    await fc.assert(
      fc.asyncProperty(aConfiguration, fc.boolean(), async (value, json) => {
        const file = configurationOf(json ? JSON.stringify(value) : stringify(value));

        for (const stage of stagesOf(file)) {
          const config = await scaleConfig({ [POLICY_VARIABLE]: documentOf(stage), [STATE_BUCKET_VARIABLE]: 'state' }, noParameters);

          const { policy, clusters } = config;
          expect(policy).toEqual(sleepPolicyOf(stage.sleep));
          expect(clusters.map(({ name }) => name)).toEqual(
            file.clusters.filter((each) => each.stage === stage.stage).map(({ name }) => name),
          );
          for (const { label, ...values } of policy.scopes) expect(readValues(label, values, specOptions(policy)).problems).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says the same in each stage as in the file, except for what the stage says itself', () => {
    fc.assert(
      fc.property(aConfiguration, (value) => {
        const file = configurationOf(JSON.stringify(value));

        for (const { stage, sleep } of stagesOf(file)) {
          expect(sleep).toEqual({ ...file.sleep, ...file.stages[stage]?.sleep });
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('any file at all', () => {
  it('with one word too many has one problem more, at that word', () => {
    fc.assert(
      fc.property(aConfiguration, fc.nat(), (value, seed) => {
        const document = parseDocument(stringify(value, { aliasDuplicateObjects: false }));
        const sections = [[], ['sleep'], ['routes'], ['clusters', 0]].filter((path) => document.hasIn(path) || path.length === 0);
        const section = sections[seed % sections.length] ?? [];
        document.setIn([...section, 'xyzzy'], 1);
        const text = document.toString({ lineWidth: 0 });

        const line = text.split('\n').findIndex((each) => each.includes('xyzzy: 1')) + 1;
        expect(problemsIn(text)).toEqual([expect.stringMatching(new RegExp(`^${line}:\\d+: .*xyzzy: unknown word`))]);
      }),
      { numRuns: 100 },
    );
  });

  it('is answered, never thrown at', () => {
    const broken = fc.tuple(aConfiguration, fc.nat(), fc.string({ maxLength: 5 })).map(([value, at, noise]) => {
      const text = stringify(value);
      const place = at % text.length;
      return `${text.slice(0, place)}${noise}${text.slice(place + 1)}`;
    });

    fc.assert(
      fc.property(fc.oneof(broken, fc.string()), (text) => {
        const result = readConfiguration(text);

        expect(result.ok || result.problems.length > 0).toBe(true);
        for (const { line, column, message } of result.ok ? result.warnings : result.problems) {
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});
