import { describe, expect, it } from 'vitest';
import { clusterAccess, SCALE_GROUP } from '../../../sandbox/cluster-access.ts';
import { roleManifest } from '../../support/manifest.ts';

describe('the access of scale-dev-nightly to a cluster', () => {
  it('is in the sandbox what the manifest says', () => {
    expect(clusterAccess).toEqual(roleManifest('scale-dev-nightly').objects);
  });

  it.each(['scale-dev-nightly', 'scale-dev-nightly-pod-force-uptime'])('is given by %s to its group alone, without a wildcard', (name) => {
    const { role, binding } = roleManifest(name);

    expect(binding).toMatchObject({
      metadata: { name: `nightshift:${name}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata?.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: SCALE_GROUP }],
    });
    expect(JSON.stringify(role)).not.toContain('*');
    expect(role.rules?.length).toBeGreaterThan(0);
  });

  it('has a group that EKS takes: no prefix that it keeps for itself', () => {
    expect(SCALE_GROUP).not.toMatch(/^(system|eks|aws|amazon|iam):/);
  });
});
