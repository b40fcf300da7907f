import { describe, expect, it } from 'vitest';
import {
  POLICY_PARAMETER_VARIABLE,
  type ScaleConfig,
  STATE_BUCKET_VARIABLE,
  scaleConfig,
} from '../../functions/scale-dev-nightly/config.ts';
import { scaleDocuments } from '../../infra/functions/scale-documents.ts';
import { stagesIn } from './stage.ts';

function file(clusters: number): string {
  const each = (index: number): string =>
    `  - { name: dev-${index}, stage: dev, account: "${222_200_000_000 + index}", region: eu-west-1 }`;
  return `
version: 1
stages: { dev: { account: "111122223333", region: eu-central-1 } }
clusters:
${Array.from({ length: clusters }, (_, index) => each(index)).join('\n')}
sleep: { uptime: Mon-Fri 07:00-19:00 Europe/Berlin, gracePeriodSeconds: 60 }
prices: { vcpuHour: 0.04, gibHour: 0.0045 }
`;
}

function documentsOf(clusters: number): readonly string[] {
  const [stage] = stagesIn(file(clusters));
  return scaleDocuments(stage!, (index) => `/policy-${index}`);
}

/** What the function makes of the documents. */
async function read(documents: readonly string[]): Promise<ScaleConfig> {
  const get = async (name: string): Promise<string> => documents[Number(/^\/policy-(\d+)$/.exec(name)![1])]!;
  return scaleConfig(
    { [POLICY_PARAMETER_VARIABLE]: '/policy-0', [STATE_BUCKET_VARIABLE]: 'state' },
    { get, secret: async () => Promise.reject(new Error('none')) },
  );
}

describe('the documents of scale-dev-nightly', () => {
  it('say only what is not the default', () => {
    const [document] = documentsOf(1);

    expect(JSON.parse(document!)).toEqual({
      version: 1,
      clusters: [
        {
          via: 'eks',
          name: 'dev-0',
          region: 'eu-west-1',
          roleArn: 'arn:aws:iam::222200000000:role/nightshift-dev-scale-dev-nightly-eu-west-1',
          externalId: 'nightshift-dev',
        },
      ],
      policy: { scopes: [{ label: 'nightshift.yaml', uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin' }], gracePeriodSeconds: 60 },
      prices: { currency: 'USD', vcpuHour: 0.04, gibHour: 0.0045 },
    });
  });

  it.each([1, 10, 24, 25, 60, 500])('lead the function to all of %i clusters, in parameters that cost nothing', async (clusters) => {
    const documents = documentsOf(clusters);
    const config = await read(documents);

    expect(documents.filter((document) => Buffer.byteLength(document) > 4096)).toEqual([]);
    expect(config.clusters.map(({ name }) => name)).toEqual(Array.from({ length: clusters }, (_, index) => `dev-${index}`));
    expect(config.policy.gracePeriodSeconds).toBe(60);
    expect(documents.length).toBeLessThanOrEqual(1 + Math.ceil(clusters / 20));
  });
});
