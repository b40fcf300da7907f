import type { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { aConfigMap } from './objects.ts';
import { CONFIG_MAPS, NAMESPACES } from './resources.ts';
import { newNamespace, rejectionOf, type WorldOf } from './world.ts';

const LABELS: Readonly<Record<string, Record<string, string>>> = {
  api: { app: 'api', tier: 'backend', 'example.com/team': 'a1' },
  db: { app: 'db', tier: 'backend', 'example.com/team': 'b' },
  web: { app: 'web', tier: 'frontend' },
};

export function describeSelectors(worldOf: WorldOf): void {
  describe('selectors', () => {
    let namespace = '';

    beforeAll(async () => {
      namespace = await newNamespace(worldOf());
      for (const [name, labels] of Object.entries({ ...LABELS, bare: undefined })) {
        await worldOf()
          .client()
          .create(CONFIG_MAPS, aConfigMap({ namespace, name, ...(labels ? { labels } : {}) }));
      }
    });

    const find = async (options: { readonly labelSelector?: string; readonly fieldSelector?: string }): Promise<string[]> => {
      const found = await worldOf()
        .client()
        .list<V1ConfigMap, string>(CONFIG_MAPS, { namespace, ...options, select: (object) => object.metadata?.name });
      // The controller-manager publishes its CA in every namespace.
      return found.filter((name) => name !== 'kube-root-ca.crt');
    };

    it.each([
      ['tier=backend', ['api', 'db']],
      ['tier==backend', ['api', 'db']],
      ['tier!=backend', ['bare', 'web']],
      ['tier=backend,app!=db', ['api']],
      ['app in (api, web)', ['api', 'web']],
      ['app notin (api,web)', ['bare', 'db']],
      ['tier', ['api', 'db', 'web']],
      ['!tier', ['bare']],
      ['example.com/team in (a1)', ['api']],
      ['tier in (backend),!example.com/team', []],
      ['', ['api', 'bare', 'db', 'web']],
    ])('finds by label: %s', async (labelSelector, expected) => {
      expect(await find({ labelSelector })).toEqual(expected);
    });

    it.each([
      ['metadata.name=api', ['api']],
      ['metadata.name!=api', ['bare', 'db', 'web']],
      ['metadata.name=api,metadata.namespace=elsewhere', []],
    ])('finds by field: %s', async (fieldSelector, expected) => {
      expect(await find({ fieldSelector })).toEqual(expected);
    });

    it('finds one namespace among all by its name', async () => {
      const found = await worldOf()
        .client()
        .list<V1Namespace, string>(NAMESPACES, { fieldSelector: `metadata.name=${namespace}`, select: (object) => object.metadata?.name });

      expect(found).toEqual([namespace]);
    });

    it.each([
      { labelSelector: 'app in (api' },
      { labelSelector: 'app=-not-a-value-' },
      { fieldSelector: 'data.key=value' },
      { fieldSelector: 'metadata.name' },
    ])('refuses %o with 400', async (options) => {
      expect(await rejectionOf(find(options))).toMatchObject({ name: 'InvalidRequestError', status: 400, reason: 'BadRequest' });
    });
  });
}
