import type { V1Deployment } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shop } from '../../../../sandbox/dev-cluster/shop.ts';
import { startKubernetesSandbox } from '../../../../sandbox/kubernetes/server.ts';
import { type StorefrontServer, startStorefrontServer } from '../../../../sandbox/storefront/server.ts';

let kubernetes: Awaited<ReturnType<typeof startKubernetesSandbox>>;
let storefront: StorefrontServer;

beforeEach(async () => {
  kubernetes = await startKubernetesSandbox({ objects: shop });
  storefront = await startStorefrontServer(() => kubernetes.snapshot());
  await kubernetes.settled();
});
afterEach(() => Promise.all([kubernetes.close(), storefront.close()]));

async function deploy(image: string): Promise<void> {
  const deployment = kubernetes.byHand.get('apps/v1', 'Deployment', 'shop', 'storefront') as V1Deployment;
  const [container] = deployment.spec?.template.spec?.containers ?? [];
  if (container) container.image = image;
  kubernetes.byHand.put(deployment);
  await kubernetes.settled();
}

async function versions(requests: number): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (let asked = 0; asked < requests; asked++) {
    const answer = (await (await fetch(`${storefront.url}/version`)).json()) as { readonly version: string };
    seen.add(answer.version);
  }
  return seen;
}

describe('the storefront', () => {
  it('answers with the version that its pods run', async () => {
    expect(await versions(3)).toEqual(new Set(['4.18.2']));

    await deploy('registry.example.com/shop/storefront:4.19.0');

    expect(await versions(3)).toEqual(new Set(['4.19.0']));
  });

  it('goes on with the old version where the new one does not come up', async () => {
    await deploy('registry.example.com/shop/storefront:crash-4.20.0');

    expect(await versions(5)).toEqual(new Set(['4.18.2']));
  });

  it('shows a page, and says that it is well', async () => {
    const home = await fetch(storefront.url);
    const health = await fetch(`${storefront.url}/healthz`);

    expect(await home.text()).toContain('<h1>Welcome to the shop</h1>');
    expect(await health.json()).toEqual({ ok: true });
    expect((await fetch(`${storefront.url}/elsewhere`)).status).toBe(404);
  });

  it('is unavailable without pods', async () => {
    kubernetes.byHand.remove('apps/v1', 'Deployment', 'shop', 'storefront');
    await kubernetes.settled();

    expect((await fetch(`${storefront.url}/healthz`)).status).toBe(503);
  });
});
