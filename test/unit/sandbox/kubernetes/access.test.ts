import { describe, expect, it } from 'vitest';
import { aDeployment, aSandbox, DEPLOYMENTS, PODS } from './sandbox.ts';

const developer = { dev: { user: 'ada', groups: ['team'] } };

function grant(rules: object[], roleRef: { kind: string; name: string }, namespace?: string): object[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const meta = { name: 'grant', ...(namespace ? { namespace } : {}) };
  return [
    { apiVersion, kind: roleRef.kind, metadata: { ...meta, name: roleRef.name }, rules },
    {
      apiVersion,
      kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
      metadata: meta,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
      subjects: [{ kind: 'Group', name: 'team' }],
    },
  ];
}

describe('who calls', () => {
  it('is nobody with a token that is not known: 401', async () => {
    const { ask } = await aSandbox();

    expect(await ask('GET', PODS, undefined, { token: 'wrong' })).toMatchObject({
      status: 401,
      body: { reason: 'Unauthorized', code: 401 },
    });
  });

  it('is asked of the given function when the tokens do not know', async () => {
    const { ask } = await aSandbox({
      authenticate: async (bearer) =>
        bearer === 'k8s-aws-v1.ok' ? { user: 'arn:aws:iam::1:role/x', groups: ['system:masters'] } : undefined,
    });

    expect((await ask('GET', PODS, undefined, { token: 'k8s-aws-v1.ok' })).status).toBe(200);
    expect((await ask('GET', PODS, undefined, { token: 'k8s-aws-v1.no' })).status).toBe(401);
  });

  it('may be told by the caller themselves', async () => {
    const { ask } = await aSandbox({ tokens: developer });

    const review = await ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, { token: 'dev' });

    expect(review).toMatchObject({
      status: 201,
      body: { status: { userInfo: { username: 'ada', groups: ['team', 'system:authenticated'] } } },
    });
  });
});

describe('what may be done', () => {
  it('is nothing without a binding, in the words of the API server', async () => {
    const { ask } = await aSandbox({ tokens: developer });
    const message = async (method: string, path: string, body?: object) =>
      ((await ask(method, path, body, { token: 'dev' })).body as { message: string }).message;

    expect(await message('GET', '/apis/apps/v1/deployments')).toBe(
      'deployments.apps is forbidden: User "ada" cannot list resource "deployments" in API group "apps" at the cluster scope',
    );
    expect(await message('PATCH', `${DEPLOYMENTS}/web/scale`, {})).toBe(
      'deployments.apps "web" is forbidden: User "ada" cannot patch resource "deployments/scale" in API group "apps" in the namespace "default"',
    );
    expect(await message('DELETE', PODS)).toBe(
      'pods is forbidden: User "ada" cannot deletecollection resource "pods" in API group "" in the namespace "default"',
    );
    expect(await message('GET', '/metrics')).toBe('forbidden: User "ada" cannot get path "/metrics"');
  });

  it('is what a ClusterRole says, everywhere', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['deployments', '*/scale'], verbs: ['get', 'list'] }];
    const objects = [...grant(rules, { kind: 'ClusterRole', name: 'viewer' }), aDeployment('web')];
    const { ask } = await aSandbox({ tokens: developer, objects });
    const status = async (method: string, path: string, body?: object) => (await ask(method, path, body, { token: 'dev' })).status;

    expect(await status('GET', '/apis/apps/v1/deployments')).toBe(200);
    expect(await status('GET', `${DEPLOYMENTS}/web/scale`)).toBe(200);
    expect(await status('GET', '/apis/apps/v1/deployments?watch=1&timeoutSeconds=1')).toBe(403);
    expect(await status('PATCH', `${DEPLOYMENTS}/web`, {})).toBe(403);
    expect(await status('GET', `${DEPLOYMENTS}/web/status`)).toBe(403);
  });

  it('is what a Role says, in its namespace and for its names', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['*'] }];
    const objects = [...grant(rules, { kind: 'Role', name: 'editor' }, 'default'), aDeployment('web'), aDeployment('api')];
    const { ask } = await aSandbox({ tokens: developer, objects });
    const status = async (path: string) => (await ask('GET', path, undefined, { token: 'dev' })).status;

    expect(await status(`${DEPLOYMENTS}/web`)).toBe(200);
    expect(await status(`${DEPLOYMENTS}?fieldSelector=metadata.name%3Dweb`)).toBe(200);
    expect(await status(`${DEPLOYMENTS}/api`)).toBe(403);
    expect(await status(DEPLOYMENTS)).toBe(403);
    expect(await status('/apis/apps/v1/namespaces/other/deployments/web')).toBe(403);
  });

  it('can be listed for a namespace', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['patch'] }];
    const { ask } = await aSandbox({ tokens: developer, objects: grant(rules, { kind: 'Role', name: 'patcher' }, 'default') });
    const list = async (namespace?: string) =>
      (await ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { spec: { namespace } }, { token: 'dev' })) as {
        status: number;
        body: { status: { resourceRules: object[]; nonResourceRules: object[]; incomplete: boolean }; message?: string };
      };

    const here = await list('default');
    expect(here).toMatchObject({ status: 201, body: { kind: 'SelfSubjectRulesReview', status: { incomplete: false } } });
    expect(here.body.status.resourceRules).toContainEqual(rules[0]);
    expect(here.body.status.nonResourceRules).toContainEqual({ verbs: ['get'], nonResourceURLs: expect.arrayContaining(['/version']) });
    expect((await list('other')).body.status.resourceRules).not.toContainEqual(rules[0]);
    expect(await list()).toMatchObject({ status: 400, body: { message: 'no namespace on request' } });
  });

  it('can be asked before', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] }];
    const { ask } = await aSandbox({ tokens: developer, objects: grant(rules, { kind: 'ClusterRole', name: 'patcher' }) });
    const may = async (verb: string) => {
      const spec = { resourceAttributes: { verb, group: 'apps', resource: 'deployments', namespace: 'default' } };
      const { body } = await ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { spec }, { token: 'dev' });
      return (body as { status: { allowed: boolean } }).status.allowed;
    };

    expect(await may('patch')).toBe(true);
    expect(await may('delete')).toBe(false);
  });
});
