import { describe, expect, it } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import { objects, Shop } from './shop.ts';

const shop = Shop.forEachTest();

describe('plan', () => {
  it('shows what would change and why, and changes nothing', async () => {
    const result = await shop.cli(['plan', '--default-downtime', 'always'], await shop.place());

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^NAMESPACE +WORKLOAD +ACTION +SIZE +WHY\nshop +Deployment\/api +sleep +3 -> 0 +in its downtime\n/);
    expect(result.stdout).toContain('would change 2 of 2 workloads');
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('prints the report as one document', async () => {
    const result = await shop.cli(['plan', '--default-downtime', 'always', '-n', 'shop', '-o', 'json'], await shop.place());

    const item = {
      ref: 'sandbox/shop/Deployment/api',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'api',
      action: 'sleep',
      from: 3,
      to: 0,
      original: 3,
    };
    expect(result.json()).toMatchObject({ job: 'scale-dev-nightly', status: 'ok', counts: { planned: 2 }, items: [item, { name: 'web' }] });
    expect(result.stderr).toBe('');
  });

  it('tells with --verbose what it asks of the cluster, request by request, on standard error', async () => {
    const result = await shop.cli(['plan', '--verbose', '-o', 'json'], await shop.place());

    const lines = result.stderr.split('\n').filter((line) => line.includes('kubernetes request'));
    expect(lines).toHaveLength(Object.values(shop.sandbox.requests.byVerb).reduce((sum, count) => sum + count, 0));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ cluster: 'sandbox', verb: 'list', status: 200, attempt: 1 });
    expect(result.json()).toMatchObject({ status: 'ok' });
  });

  it('fails for a namespace that is not there, after looking at the others', async () => {
    const result = await shop.cli(['plan', '-n', 'shpo', '-n', 'shop', '-o', 'json'], await shop.place());

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'degraded', counts: { clusters: 1, failed: 1 } });
    expect(result.stderr).toContain('error: sandbox: namespace shpo does not exist');
  });
});

describe('sleep, wake, reconcile and restore', () => {
  it('asks, and changes nothing when the answer is not yes', async () => {
    const here = await shop.place();

    for (const typed of ['n\n', '\n', 'maybe\n', '']) {
      const result = await shop.cli(['sleep'], here, { typed });

      expect(result).toMatchObject({ exitCode: 3, stdout: '' });
      expect(result.stderr).toContain('2 changes. Go ahead? [y/N]');
      expect(result.stderr).toContain('error: nothing was changed');
    }
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('shows what it would do, asks, and does it on yes', async () => {
    const result = await shop.cli(['sleep'], await shop.place(), { typed: 'y\n', env: { NO_COLOR: '1' } });

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toMatch(/shop +Deployment\/web +sleep +3 -> 0 +asked to sleep/);
    expect(result.stdout).toMatch(/^2 put to sleep/);
    expect(shop.replicas()).toEqual([0, 0]);
  });

  it('refuses where there is nobody to ask, and says how to go on', async () => {
    const here = await shop.place();

    const text = await shop.cli(['sleep'], here);
    const json = await shop.cli(['sleep', '-o', 'json'], here);

    expect(text.exitCode).toBe(3);
    expect(text.stderr).toContain('hint: add --yes');
    expect(json.json()).toEqual({
      error: { code: 'refused', message: expect.stringContaining('nothing was changed'), hint: expect.stringContaining('--yes') },
    });
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('has nothing to ask when there is nothing to do', async () => {
    const result = await shop.cli(['wake'], await shop.place());

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('nothing to do');
  });

  it('puts to sleep and wakes again with --yes, and finds nothing to do a second time', async () => {
    const here = await shop.place();

    const slept = await shop.cli(['sleep', '--yes', '-o', 'json'], here);
    const again = await shop.cli(['sleep', '--yes', '-o', 'json'], here);
    expect(shop.replicas()).toEqual([0, 0]);
    const woken = await shop.cli(['wake', '--yes'], here);

    expect(slept.json()).toMatchObject({ status: 'ok', counts: { slept: 2, failed: 0 } });
    expect(again.json()).toMatchObject({ status: 'ok', counts: { changed: 0 } });
    expect(woken.stdout).toMatch(/shop +Deployment\/web +wake +0 -> 3/);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('reconciles to the schedule of the flags and of the environment', async () => {
    const here = await shop.place();

    await shop.cli(['reconcile', '--yes', '--default-uptime', 'never'], here);
    expect(shop.replicas()).toEqual([0, 0]);
    await shop.cli(['reconcile', '--yes'], here, { env: { DEFAULT_UPTIME: 'always' } });

    expect(shop.replicas()).toEqual([3, 3]);
  });

  it.each([{ DEFAULT_UPTIME: 'bogus' }, { DEFAULT_TIMEZONE: 'Nowhere', DEFAULT_WEEKFRAME: 'weekdays' }])(
    'wakes and restores whatever the environment says of schedules: %j',
    async (env) => {
      const here = await shop.place();
      const { runId } = (await shop.cli(['sleep', '--yes', '-o', 'json'], here)).json() as Report;

      const woken = await shop.cli(['wake', '--yes', '-o', 'json'], here, { env });
      expect(woken).toMatchObject({ exitCode: 0 });
      expect(woken.json()).toMatchObject({ status: 'degraded', counts: { woken: 2 } });
      expect(shop.replicas()).toEqual([3, 3]);

      for (const object of objects) shop.sandbox.byHand.put({ ...object, spec: { ...object.spec, replicas: 0 } } as typeof object);
      const restored = await shop.cli(['restore', '--run', runId, '--yes', '--quiet', '-o', 'json'], here, { env });
      expect(restored).toMatchObject({ exitCode: 0, stderr: '' });
      expect(restored.json()).toMatchObject({ status: 'ok', counts: { woken: 2 } });
      expect(shop.replicas()).toEqual([3, 3]);
    },
  );

  it('wakes whatever schedule was typed, for it is above any', async () => {
    const here = await shop.place();
    await shop.cli(['sleep', '--yes'], here);

    expect((await shop.cli(['wake', '--yes', '--default-uptime', 'bogus'], here)).exitCode).toBe(0);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('reconciles to awake under a schedule of the environment that cannot be read, and says so', async () => {
    const here = await shop.place();
    await shop.cli(['sleep', '--yes'], here);

    const result = await shop.cli(['reconcile', '--yes', '-o', 'json'], here, { env: { DEFAULT_UPTIME: 'bogus' } });

    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({ status: 'degraded', counts: { woken: 2, problems: 1 } });
    expect(result.stderr).toMatch(/^warning: sandbox\/configuration: environment: uptime: /m);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('names a default zone of the environment that does not exist, and goes on with specs that have their own', async () => {
    const here = await shop.place();
    const env = { DEFAULT_TIMEZONE: 'Nowhere', DEFAULT_DOWNTIME: 'Mon-Sun 00:00-24:00 UTC' };

    const result = await shop.cli(['reconcile', '--yes', '-o', 'json'], here, { env });

    expect(result.json()).toMatchObject({ status: 'degraded', counts: { slept: 2, problems: 1 } });
    expect(result.stderr).toContain('the default time zone cannot be read: ');
  });

  it.each(['plan', 'sleep', 'reconcile'])('refuses in %s a schedule that was typed and cannot be read', async (command) => {
    const result = await shop.cli([command, '--default-uptime', 'bogus'], await shop.place());

    expect(result.exitCode).toBe(2);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('decides as of --at', async () => {
    const here = await shop.place();
    const flags = ['--default-uptime', 'Mon-Fri 07:00-19:00 UTC', '--yes', '--grace-period', '0'];

    await shop.cli(['reconcile', '--at', '2099-01-05T12:00:00Z', ...flags], here);
    expect(shop.replicas()).toEqual([3, 3]);
    await shop.cli(['reconcile', '--at', '2099-01-05T22:00:00+01:00', ...flags], here);

    expect(shop.replicas()).toEqual([0, 0]);
  });

  it('changes nothing with --dry-run, with or without --yes', async () => {
    const here = await shop.place();

    const result = await shop.cli(['sleep', '--dry-run', '--yes', '-o', 'json'], here);

    expect(result.json()).toMatchObject({ counts: { planned: 2, changed: 0 } });
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it.each(['plan', 'sleep', 'wake', 'reconcile', 'restore'])('asks the cluster nothing but questions in %s --dry-run', async (command) => {
    const here = await shop.place();
    const { runId } = (await shop.cli(['sleep', '--yes', '-o', 'json'], here)).json() as Report;
    for (const object of objects.slice(1)) shop.sandbox.byHand.put(object);
    shop.sandbox.requests.reset();

    const result = await shop.cli(
      [command, '--dry-run', '-o', 'json', ...(command === 'restore' ? ['--run', runId] : ['--yes'].slice(Number(command === 'plan')))],
      here,
    );

    expect(result.json()).toMatchObject({ job: 'scale-dev-nightly', counts: { changed: 0, failed: 0 } });
    expect(shop.sandbox.requests.total).toBeGreaterThan(0);
    expect(Object.keys(shop.sandbox.requests.byVerb).filter((verb) => !['get', 'list'].includes(verb))).toEqual([]);
  });

  it('restores a run from its ledger when every annotation is gone', async () => {
    const here = await shop.place();
    const { runId } = (await shop.cli(['sleep', '--yes', '-o', 'json'], here)).json() as Report;
    for (const object of objects) shop.sandbox.byHand.put({ ...object, spec: { ...object.spec, replicas: 0 } } as typeof object);

    const result = await shop.cli(['restore', '--run', runId, '--yes'], here);

    expect(result.exitCode).toBe(0);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it('exits 1 when an object could not be changed, and says which and why', async () => {
    shop.sandbox.faults.add({ verb: 'patch', name: 'web', status: 403, times: 10 });

    const result = await shop.cli(['sleep', '--yes'], await shop.place());

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^error: sandbox\/shop\/Deployment\/web: /m);
    expect(shop.replicas()).toEqual([3, 0]);
  });
});
