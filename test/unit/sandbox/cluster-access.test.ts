import { describe, expect, it } from 'vitest';
import { SCALE_GROUP, SMOKE_GROUP, scaleAccess, smokeAccess } from '../../../sandbox/cluster-access.ts';
import { roleManifest } from '../../support/manifest.ts';

describe.each([
  { name: 'scale-dev-nightly', access: scaleAccess, group: SCALE_GROUP, more: 'scale-dev-nightly-pod-force-uptime' },
  { name: 'post-deploy-smoke', access: smokeAccess, group: SMOKE_GROUP, more: 'post-deploy-smoke-variables' },
])('the access of $name to a cluster', ({ name, access, group, more }) => {
  it('is in the sandbox what the manifest says', () => {
    expect(access).toEqual(roleManifest(name).objects);
  });

  it.each([name, more])('is given by %s to its group alone, without a wildcard', (manifest) => {
    const { role, binding } = roleManifest(manifest);

    expect(binding).toMatchObject({
      metadata: { name: `nightshift:${manifest}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata?.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    });
    expect(JSON.stringify(role)).not.toContain('*');
    expect(role.rules?.length).toBeGreaterThan(0);
  });

  it('has a group that EKS takes: no prefix that it keeps for itself', () => {
    expect(group).not.toMatch(/^(system|eks|aws|amazon|iam):/);
  });
});

it('lets post-deploy-smoke read, and change nothing', () => {
  const verbs = roleManifest('post-deploy-smoke').role.rules?.flatMap((rule) => rule.verbs);

  expect([...new Set(verbs)].sort()).toEqual(['get', 'list']);
});
