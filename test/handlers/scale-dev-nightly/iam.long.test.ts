import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { describeIn, documentedPolicy } from '../../support/iam/documented-policy.ts';
import { playScenarios } from '../../support/iam/play-scenarios.ts';
import { scaleScenarios } from '../../support/iam/scale-scenarios.ts';
import { type ScalePlaces, type ScalePolicies, ScaleWorld } from '../../support/iam/scale-world.ts';
import { type Grant, grantsOf, tally } from '../../support/iam/tally.ts';

const places: ScalePlaces = {
  cluster: 'dev',
  stateBucket: 'nightshift-state',
  statePrefix: 'dev',
  policyParameter: '/nightshift/scale-dev-nightly',
  slackParameter: '/nightshift/slack-webhook',
  spoke: { cluster: 'dev-us', region: 'us-east-1', roleArn: 'arn:aws:iam::111122223333:role/nightshift', externalId: 'team-7' },
};

/** What docs/scale-dev-nightly.md asks for, and the one permission that it says the other role needs. */
const policies: ScalePolicies = {
  hub: [
    documentedPolicy({
      BUCKET: places.stateBucket,
      PREFIX: places.statePrefix,
      CLUSTER: places.cluster,
      ROLEARN: places.spoke.roleArn,
    }),
  ],
  spoke: [describeIn(places.spoke.roleArn, places.spoke.cluster, places.spoke.region)],
};

function allow({ action, resource }: Grant): PolicyDocument {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: resource } };
}

describe('with the documented policy the function', () => {
  let world: ScaleWorld;

  beforeAll(async () => {
    world = await ScaleWorld.start({ places, policies });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.stop());

  test.each(scaleScenarios.map(({ name, play }) => [name, play] as const))('%s', async (_, play) => {
    await play(world);
  });

  test('is refused nothing, and uses all that it has', () => {
    const calls = world.calls();

    expect(calls.hub.length).toBeGreaterThan(20);
    expect(tally(policies.hub, calls.hub)).toEqual({ denied: [], unused: [], wrongReasons: [] });
    expect(tally(policies.spoke, calls.spoke)).toEqual({ denied: [], unused: [], wrongReasons: [] });
  });
});

describe('without one of its permissions a scenario goes wrong:', () => {
  const cases = (['hub', 'spoke'] as const).flatMap((role) => grantsOf(policies[role]).map((grant) => ({ role, ...grant })));

  test.each(cases)('$action on $resource', async ({ role, action, resource }) => {
    const rest = grantsOf(policies[role]).filter((grant) => grant.action !== action || grant.resource !== resource);
    const nothing = allow({ action: 'sts:GetCallerIdentity', resource: '*' });

    const { failed, calls } = await playScenarios({ places, policies: { ...policies, [role]: [nothing, ...rest.map(allow)] } });

    expect(failed?.scenario).toBeDefined();
    expect(tally(policies[role], calls[role]).denied).toEqual([]);
    expect(new Set(tally(rest.map(allow), calls[role]).denied.map((denied) => denied.action))).toEqual(new Set([action]));
  });
});
