import { describe, expect, it } from 'vitest';
import type { Permission } from '../../infra/policies/permission.ts';
import { suitesIn, synthesise } from './stage.ts';

const account = '111122223333';

function file(smoke: string): string {
  return `
version: 1
stages: { dev: { account: "${account}", region: eu-central-1 }, prod: { account: "${account}", region: eu-central-1 } }
clusters: [{ name: dev, stage: dev }, { name: live, stage: prod }]
sleep: { uptime: always }
smoke:
  ${smoke}
`;
}

const suite = (variables: string): string => `
version: 1
variables: { a: ${variables} }
checks: [{ name: home, http: { url: "https://example.com/{{a}}" } }]
`;

/** What the function may do in stage dev. */
async function permissionsOf(smoke: string, variables = 'x'): Promise<readonly Permission[]> {
  const text = file(smoke);
  const { stacks } = synthesise(text, undefined, await suitesIn(text, { 'a.yaml': suite(variables) }));
  const role = stacks[0]?.automations.find(({ definition }) => definition.job === 'post-deploy-smoke')?.role;
  return role?.permissions ?? [];
}

const sidsOf = (permissions: readonly Permission[]): readonly string[] => permissions.map(({ sid }) => sid).sort();
const usual = [
  ...['AnswerCodePipeline', 'FindClusters', 'KeepFailures', 'KeepRecords', 'KeepReports', 'ReadPolicy', 'SendTraces', 'WriteLog'],
];

describe('what post-deploy-smoke may do', () => {
  it('is the least where the file says nothing of smoke', async () => {
    expect(sidsOf(await permissionsOf('allow: []'))).toEqual(usual);
  });

  it.each<[string, string, readonly (readonly [sid: string, resources: readonly string[]])[]]>([
    [
      'repositories',
      `repositories: ["arn:aws:ecr:eu-central-1:${account}:repository/shop"]`,
      [
        ['EnterRegistry', ['*']],
        ['ResolveTags', [`arn:aws:ecr:eu-central-1:${account}:repository/shop`]],
      ],
    ],
    [
      'apis of API Gateway',
      `apis: ["arn:aws:execute-api:eu-central-1:${account}:a1b2c3/prod/GET/health"]`,
      [['CallExecuteApi', [`arn:aws:execute-api:eu-central-1:${account}:a1b2c3/prod/GET/health`]]],
    ],
    [
      'apis of Lambda',
      `apis: ["arn:aws:lambda:eu-central-1:${account}:function:health"]`,
      [['CallLambda', [`arn:aws:lambda:eu-central-1:${account}:function:health`]]],
    ],
    [
      'apis of VPC Lattice',
      `apis: ["arn:aws:vpc-lattice-svcs:eu-central-1:${account}:service/svc-0a1b2c3d4e5f6a7b8/health"]`,
      [['CallVpcLatticeSvcs', [`arn:aws:vpc-lattice-svcs:eu-central-1:${account}:service/svc-0a1b2c3d4e5f6a7b8/health`]]],
    ],
    ['a suite for CodeDeploy', 'suites: { a: { file: a.yaml, stages: [dev], codeDeploy: [shop] } }', [['AnswerCodeDeploy', ['*']]]],
    ['a URL', 'url: { tokenParameter: /token }', [['ReadUrlToken', [expect.stringMatching(/:parameter\/token$/)]]]],
  ])('is more by what %s need, and by no more', async (_, smoke, expected) => {
    const more = (await permissionsOf(smoke)).filter(({ sid }) => !usual.includes(sid));

    expect(more.map(({ sid, resources }) => [sid, resources])).toEqual(expected);
  });

  it.each([
    ['SSM', '{ from: ssm /shop/a }', 'ReadVariables', /:parameter\/shop\/a$/],
    ['Secrets Manager, by name', '{ from: "secretsManager shop/a#key" }', 'ReadSecrets', /:secret:shop\/a-\?{6}$/],
    [
      'Secrets Manager, by ARN',
      `{ from: "secretsManager arn:aws:secretsmanager:us-east-1:${account}:secret:a-B1c2D3" }`,
      'ReadSecrets',
      /^arn:aws:secretsmanager:us-east-1:111122223333:secret:a-B1c2D3$/,
    ],
  ])('is to read the variables of suites of its own stage that come from %s', async (_, variables, sid, resource) => {
    const here = await permissionsOf('suites: { a: { file: a.yaml, stages: [dev] } }', variables);
    const there = await permissionsOf('suites: { a: { file: a.yaml, stages: [prod] } }', variables);

    const [permission, ...others] = here.filter((each) => !usual.includes(each.sid));
    expect([permission?.sid, permission?.resources, others]).toEqual([sid, [expect.stringMatching(resource)], []]);
    expect(sidsOf(there)).toEqual(usual);
  });

  it('names the parameters of its suites one by one, and by what their names begin with when they are many', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `a${index}: { file: a.yaml, stages: [dev] }`);
    const resourcesOf = async (suites: readonly string[]): Promise<readonly string[]> => {
      const permissions = await permissionsOf(`suites: { ${suites.join(', ')} }`);
      return permissions.find(({ sid }) => sid === 'ReadPolicy')?.resources ?? [];
    };

    expect(await resourcesOf(many.slice(0, 3))).toHaveLength(4);
    expect(await resourcesOf(many)).toEqual([expect.stringMatching(/:parameter\/nightshift-dev\/post-deploy-smoke\/policy\*$/)]);
  });
});
