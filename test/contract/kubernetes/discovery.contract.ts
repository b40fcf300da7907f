import { describe, expect, it } from 'vitest';
import { bare, type WorldOf } from './world.ts';

export function describeDiscovery(worldOf: WorldOf): void {
  describe('the server', () => {
    it('says that it is ready, and its version', async () => {
      expect(await bare(worldOf(), 'GET', '/readyz')).toEqual({ status: 200, body: 'ok' });
      expect(await bare(worldOf(), 'GET', '/version')).toMatchObject({
        status: 200,
        body: { major: '1', minor: expect.stringMatching(/^\d+/), gitVersion: expect.stringMatching(/^v1\./) },
      });
    });

    it('says which kinds it knows, and what may be done with them', async () => {
      const groups = await bare(worldOf(), 'GET', '/apis');
      const apps = await bare(worldOf(), 'GET', '/apis/apps/v1');
      const core = await bare(worldOf(), 'GET', '/api/v1');

      expect(groups).toMatchObject({ status: 200, body: { kind: 'APIGroupList' } });
      const names = (groups.body as { groups: { name: string }[] }).groups.map((group) => group.name);
      expect(names).toEqual(expect.arrayContaining(['apps', 'batch', 'autoscaling', 'policy', 'rbac.authorization.k8s.io']));
      expect(apps).toMatchObject({
        body: {
          kind: 'APIResourceList',
          groupVersion: 'apps/v1',
          resources: expect.arrayContaining([
            expect.objectContaining({ name: 'deployments', kind: 'Deployment', namespaced: true, shortNames: ['deploy'] }),
            expect.objectContaining({ name: 'deployments/scale', kind: 'Scale', group: 'autoscaling', version: 'v1' }),
          ]),
        },
      });
      expect(core).toMatchObject({
        body: {
          groupVersion: 'v1',
          resources: expect.arrayContaining([expect.objectContaining({ name: 'namespaces', namespaced: false })]),
        },
      });
    });

    it('answers 404 to a group, a version and a kind that it does not know', async () => {
      for (const path of ['/apis/keda.sh/v1alpha1', '/apis/apps/v9/deployments', '/api/v1/wonders', '/nowhere']) {
        expect((await bare(worldOf(), 'GET', path)).status, path).toBe(404);
      }
    });
  });
}
