import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { MOST_CLUSTERS } from '../../lib/configuration/check-stages.ts';
import { fleetFile, stagesIn, synthesise } from './stage.ts';

/** A role's own policies may have 10,240 characters together, white space not counted (IAM quotas); what the CDK puts beyond would not deploy either. */
const INLINE_LIMIT = 10_240;
const RESOURCE_LIMIT = 500;

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;

function resourcesOf(places: number): Resources {
  return (synthesise(fleetFile(places)).template.toJSON() as { readonly Resources: Resources }).Resources;
}

const ofType = (resources: Resources, type: string) => Object.values(resources).filter(({ Type }) => Type === type);

describe.each([1, 40, 41, 100, MOST_CLUSTERS])('a stage with %i clusters of its own and as many accounts besides', (places) => {
  const resources = resourcesOf(places);

  it('has policies that IAM takes', () => {
    const sizes = ofType(resources, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties.PolicyDocument).length);

    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.filter((size) => size > INLINE_LIMIT)).toEqual([]);
    expect(ofType(resources, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  it('has a stack that CloudFormation takes', () => {
    expect(Object.keys(resources).length).toBeLessThan(RESOURCE_LIMIT);
  });

  it('names its clusters and roles one by one as long as a policy has room for them, and by a pattern in its organization beyond', () => {
    const entering = FUNCTIONS.filter(({ kubernetesGroup }) => kubernetesGroup !== undefined);
    const text = JSON.stringify(ofType(resources, 'AWS::IAM::Policy'));
    const names = text.match(/cluster\/own-\d+/g) ?? [];

    expect(names).toHaveLength(places <= 40 ? places * entering.length : 0);
    expect(text.match(/aws:ResourceOrgID/g) ?? []).toHaveLength(places > 40 ? entering.length : 0);
    for (const { job } of entering) expect(text.includes(`iam::*:role/nightshift-dev-${job}-*`)).toBe(places > 40);
  });
});

describe('a fleet with as many suites as their list has room for', () => {
  const names = Array.from({ length: 20 }, (_, index) => `suite-${index}`);
  const text = `${fleetFile(MOST_CLUSTERS)}smoke:\n  suites:\n${names.map((name) => `    ${name}: { file: ${name}.yaml }`).join('\n')}\n`;
  const document = { json: 'x'.repeat(3 * 4096), parameters: ['/shop/token'], secrets: ['shop/key'] };
  const documents = new Map(names.map((name) => [`${name}.yaml`, document]));
  const { Resources: resources } = synthesise(text, FUNCTIONS, documents).template.toJSON() as { readonly Resources: Resources };

  it('has policies that IAM takes, in a stack that CloudFormation takes', () => {
    const sizes = ofType(resources, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties.PolicyDocument).length);

    expect(ofType(resources, 'AWS::SSM::Parameter').length).toBeGreaterThan(60);
    expect(sizes.filter((size) => size > INLINE_LIMIT)).toEqual([]);
    expect(ofType(resources, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(Object.keys(resources).length).toBeLessThan(RESOURCE_LIMIT);
  });
});

describe('more clusters of one place than a stack has room for', () => {
  it('are refused by the file, before anything is deployed', () => {
    expect(() => stagesIn(fleetFile(MOST_CLUSTERS + 1))).toThrow(
      `has ${MOST_CLUSTERS + 1} clusters in one account and region, and ${MOST_CLUSTERS} are the most`,
    );
  });
});
