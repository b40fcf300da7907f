import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FunctionWorld, invoke } from './function-world.ts';

let world: FunctionWorld;
const otherCa = readFileSync(new URL('../../support/certs/other-ca.pem', import.meta.url), 'utf8');

beforeAll(async () => {
  world = await FunctionWorld.start();
});
beforeEach(() => world.putDeployments('web'));
afterAll(() => world.stop());

/** The kubeconfig of the sandbox with a change. */
const changed = (from: string | RegExp, to: string): string => world.sandbox.kubeconfig().replace(from, to);

const broken: readonly (readonly [string, () => string, RegExp])[] = [
  ['a kubeconfig that is no YAML', () => ': {[', /kubeconfig/],
  ['an empty kubeconfig', () => '', /kubeconfig/],
  ['a kubeconfig without its cluster', () => changed(/clusters:[\s\S]*?users:/, 'clusters: []\nusers:'), /cluster/],
  [
    'a CA that did not sign the server',
    () => changed(/(certificate-authority-data:\s*)[\s\S]*?(?=\nusers:|\n\S)/, `$1${Buffer.from(otherCa).toString('base64')}`),
    /certificate/i,
  ],
  ['a token that expired', () => changed(world.sandbox.adminToken, 'an-expired-token'), /401/],
  ['a port where nothing listens', () => changed(/127\.0\.0\.1:\d+/, '127.0.0.1:1'), /refused|reach/i],
];

describe('a cluster that cannot be worked on', () => {
  test.each(broken)('%s: says so, says what to do, and the other cluster sleeps', async (_, kubeconfig, why) => {
    const path = world.kubeconfig(kubeconfig(), 'broken');
    const clusters = [
      { via: 'kubeconfig', name: 'broken', path },
      { via: 'kubeconfig', name: 'dev', path: world.kubeconfig() },
    ];

    const { report } = await invoke({ action: 'sleep' }, { config: world.config({ clusters }) });

    expect(report).toMatchObject({ status: 'degraded', counts: { clusters: 1, failed: 1, slept: 1 } });
    const item = report?.items.find(({ ref }) => ref === 'broken');
    expect(item).toMatchObject({ action: 'failed', reason: expect.stringMatching(why), hint: expect.stringMatching(/\w{3}/) });
    expect(world.sizes()).toEqual({ web: 0 });
  });

  test.each(broken)('%s: alone, it fails the run for the platform to see', async (_, kubeconfig) => {
    const clusters = [{ via: 'kubeconfig', name: 'broken', path: world.kubeconfig(kubeconfig(), 'broken') }];

    const { error } = await invoke({ action: 'sleep' }, { config: world.config({ clusters }) });

    expect(error?.name).toBe('RunFailedError');
    expect(world.sizes()).toEqual({ web: 3 });
  });

  test('a kubeconfig that is not there names the file', async () => {
    const clusters = [{ via: 'kubeconfig', name: 'gone', path: `${world.folder}/nowhere` }];

    const { logged } = await invoke({ action: 'sleep' }, { config: world.config({ clusters }) });

    expect(logged).toContain(`${world.folder}/nowhere`);
  });

  test('a context that the kubeconfig does not have', async () => {
    const clusters = [{ via: 'kubeconfig', name: 'dev', path: world.kubeconfig(), context: 'typo' }];

    const { logged } = await invoke({ action: 'sleep' }, { config: world.config({ clusters }) });

    expect(logged).toContain('typo');
  });
});

describe('a cluster in trouble', () => {
  test('that sheds load and loses answers is worked through all the same', async () => {
    world.putDeployments('a', 'b', 'c', 'd', 'e', 'f');
    world.sandbox.faults.add({ verb: 'patch', status: 429, retryAfterSeconds: 0, every: 3, times: 3 });
    world.sandbox.faults.add({ verb: 'patch', drop: 'after', every: 2, times: 3 });
    world.sandbox.faults.add({ verb: 'list', resource: 'deployments', status: 503, times: 2 });

    const { report } = await invoke({ action: 'sleep' }, { config: world.config() });
    world.sandbox.faults.clear();

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 7, failed: 0 } });
    expect(Object.values(world.sizes()).every((size) => size === 0)).toBe(true);
  });

  test('whose server forbids the writes: the permission that is missing is named', async () => {
    const reader = await FunctionWorld.start();
    try {
      reader.putDeployments('web');
      reader.sandbox.faults.add({ verb: 'patch', status: 403, times: Number.POSITIVE_INFINITY });

      const { error, logged } = await invoke({ action: 'sleep' }, { config: reader.config() });

      expect(error?.name).toBe('RunFailedError');
      expect(logged).toContain('resources: [\\"deployments\\"], verbs: [\\"patch\\"]');
      expect(reader.sizes()).toEqual({ web: 3 });
    } finally {
      await reader.stop();
    }
  });
});
