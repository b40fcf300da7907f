import { describe, expect, it } from 'vitest';
import { objects, Shop } from './shop.ts';

const shop = Shop.forEachTest();
const PRICES = ['--price-vcpu-hour', '0.04', '--price-gib-hour', '0.005'];
const NIGHT = ['--default-downtime', 'always'];

/** The shop's Deployments of three replicas; the first asks for half a vCPU and a GiB, the second for nothing. */
function priced(): void {
  const [first] = objects;
  if (!first) return;
  const { spec } = first;
  const containers = [{ name: 'main', image: 'example/web', resources: { requests: { cpu: '500m', memory: '1Gi' } } }];
  const template = { ...spec.template, spec: { containers } };
  const object = { ...first, spec: { ...spec, template } };
  shop.sandbox.byHand.put(object);
}

describe('with prices', () => {
  it('a plan says what sleep would save', async () => {
    priced();

    const text = await shop.cli(['plan', ...NIGHT, ...PRICES], await shop.place());
    const json = await shop.cli(['plan', ...NIGHT, ...PRICES, '--currency', 'EUR', '-o', 'json'], await shop.place());

    expect(text.stdout).toContain('would change 2 of 2 workloads on 1 cluster; would save 0.07 USD an hour [run ');
    expect(json.json()).toMatchObject({
      counts: { asleep: 2 },
      savings: {
        currency: 'EUR',
        perHour: 0.075,
        withoutRequests: 1,
        byNamespace: [{ cluster: 'sandbox', namespace: 'shop', perHour: 0.075 }],
      },
    });
  });

  it.each([['sleep'], ['reconcile', ...NIGHT]])('%s says what is saved', async (...words) => {
    priced();

    const result = await shop.cli([...words, '--yes', ...PRICES], await shop.place());

    expect(shop.replicas()).toEqual([0, 0]);
    expect(result.stdout).toContain('2 put to sleep of 2 workloads on 1 cluster; saving 0.07 USD an hour [run ');
  });

  it('a plan of manifests says the same of them', async () => {
    const spec = { replicas: 2, template: { spec: { containers: [{ resources: { requests: { cpu: 1, memory: '2Gi' } } }] } } };
    const stdin = JSON.stringify({ kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec });
    const words = ['plan', '-f', '-', ...NIGHT, ...PRICES];

    const text = await shop.cli(words, { flags: [] }, { stdin });
    const json = await shop.cli([...words, '-o', 'json'], { flags: [] }, { stdin });

    expect(text.stdout.trimEnd().split('\n').at(-1)).toBe('1 to sleep; would save 0.10 USD an hour');
    expect(json.json()).toMatchObject({
      items: [{ name: 'web', to: 0 }],
      savings: { perHour: 0.1, byNamespace: [{ cluster: 'manifests', namespace: 'shop', perHour: 0.1 }] },
    });
  });
});

describe('without prices', () => {
  it('nothing is said of money', async () => {
    const manifest = JSON.stringify({ kind: 'Deployment', metadata: { name: 'web' } });

    const live = await shop.cli(['plan', ...NIGHT, '-o', 'json'], await shop.place());
    const offline = await shop.cli(['plan', '-f', '-', ...NIGHT, '-o', 'json'], { flags: [] }, { stdin: manifest });

    expect(live.json()).not.toHaveProperty('savings');
    expect(offline.json()).not.toHaveProperty('savings');
  });
});

describe('prices that are none', () => {
  it.each([
    [['--price-vcpu-hour', '0.04'], 'what is saved takes the price of a vCPU and of a GiB'],
    [['--price-gib-hour', '0.04', '--currency', 'EUR'], 'give both --price-vcpu-hour and --price-gib-hour'],
    [['--currency', 'EUR'], 'give both --price-vcpu-hour and --price-gib-hour'],
    [['--price-vcpu-hour', '0'], 'Give a price above zero'],
    [['--price-vcpu-hour', '4 cents'], 'Give a price above zero'],
    [['--price-gib-hour', '-1'], 'Give a price above zero'],
    [['--price-gib-hour', '9'.repeat(400)], 'Give a price above zero'],
    [['--currency', 'dollars'], 'Give the code of a currency'],
  ])('%j is refused before anything is looked at', async (flags, why) => {
    for (const words of [['plan'], ['plan', '-f', '-'], ['sleep', '--yes']]) {
      const result = await shop.cli([...words, ...flags], words.includes('-f') ? { flags: [] } : await shop.place());

      expect(result.exitCode).toBe(2);
      expect(result.stderr).toContain(why);
    }
    expect(shop.sandbox.requests.log).toEqual([]);
  });
});
