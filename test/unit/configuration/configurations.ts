import fc from 'fast-check';
import { aSpecText } from '../schedule/generators.ts';

/** Name and stage together make a prefix of up to 28 characters. */
const aName = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const aClusterName = fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/);
const anAccount = fc.stringMatching(/^[0-9]{12}$/);
const aRegion = fc.constantFrom('eu-central-1', 'us-east-1', 'ap-southeast-2', 'us-gov-west-1');
const aRoleArn = fc
  .tuple(anAccount, fc.stringMatching(/^[A-Za-z0-9+=,.@_/-]{1,30}$/))
  .map(([account, role]) => `arn:aws:iam::${account}:role/${role}`);
const aRegex = fc.constantFrom('kube-.*', 'monitoring', 'team=(shop|payments)', '[a-z]+-dev', '.*');
const filters = fc.array(aRegex, { maxLength: 3 });

const policyWords = {
  dialect: fc.constantFrom('nightshift', 'py', 'go'),
  defaultTimezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns'),
  defaultWeekframe: fc.constantFrom('Mon-Fri', 'sat-mon'),
  gracePeriodSeconds: fc.nat(86_400),
  downtimeReplicas: fc.nat(3),
  excludeNamespaces: filters,
  excludeNames: filters,
  namespaces: fc.array(aName, { maxLength: 3 }),
  matchingLabels: filters,
  kinds: fc.subarray(['Deployment', 'StatefulSet', 'CronJob']),
  excludedSleepers: fc.constantFrom('wake', 'keep'),
  stateFormat: fc.constantFrom('py', 'go'),
  podForceUptime: fc.boolean(),
  controllerOwned: fc.constantFrom('skip', 'include'),
  events: fc.constantFrom('none', 'problems', 'changes'),
  reconcileMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60),
};

/** Times or periods, never both: in one file for all of its stages. */
const schedules: readonly Readonly<Record<string, fc.Arbitrary<string>>>[] = [
  { uptime: aSpecText, downtime: aSpecText },
  { upscalePeriod: aSpecText, downscalePeriod: aSpecText },
];

const routes = fc.record(
  {
    email: fc.uniqueArray(fc.constantFrom('ops@example.com', 'dev@example.org'), { maxLength: 2 }),
    slack: fc.constant({ webhookParameter: '/nightshift/slack' }),
  },
  { requiredKeys: [] },
);

function aStage(sleep: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc.record(
    {
      account: anAccount,
      region: aRegion,
      sleep,
      routes,
      functions: fc.constant({ 'scale-dev-nightly': { memoryMb: 512, timeoutMinutes: 5 } }),
      logLevel: fc.constantFrom('debug', 'info', 'warn', 'error', 'silent'),
      logRetentionDays: fc.constantFrom(1, 30, 731),
      testEvents: fc.constantFrom('create', 'existing', 'none'),
    },
    { requiredKeys: ['account', 'region'] },
  );
}

const aCluster = fc.record(
  { account: anAccount, region: aRegion, roleArn: aRoleArn, accessEntry: fc.constantFrom('create', 'none') },
  { requiredKeys: [] },
);

/** A good file as a value: what it means is not drawn by the code that is tested. */
export const aConfiguration: fc.Arbitrary<object> = fc.constantFrom(...schedules).chain((schedule) => {
  const sleep = fc.record({ ...schedule, ...policyWords }, { requiredKeys: [] });
  return fc
    .record({
      name: aName,
      stages: fc
        .uniqueArray(aName, { minLength: 1, maxLength: 3 })
        .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), aStage(sleep))))),
      names: fc.uniqueArray(aClusterName, { minLength: 3, maxLength: 6 }),
      clusters: fc.array(aCluster, { minLength: 6, maxLength: 6 }),
      sleep,
      routes,
    })
    .map(({ name, stages, names, clusters, ...rest }) => ({
      version: 1,
      name,
      stages: Object.fromEntries(stages),
      clusters: names.map((cluster, index) => ({ ...clusters[index], name: cluster, stage: stages[index % stages.length]?.[0] })),
      ...rest,
    }));
});
