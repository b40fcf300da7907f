import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../bin/errors.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type CliOptions, type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';

let sandbox: KubernetesSandbox;

const objects = ['web', 'api'].map((name) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'example/web' }] } },
  },
}));

beforeAll(async () => {
  sandbox = await startKubernetesSandbox({ controllers: false });
});

afterAll(() => sandbox.close());

beforeEach(() => {
  for (const object of objects) sandbox.byHand.put(object);
  sandbox.faults.clear();
  sandbox.requests.reset();
});

interface Place {
  readonly flags: readonly string[];
}

async function place(): Promise<Place> {
  const folder = await folderWith({ kubeconfig: sandbox.kubeconfig() });
  return { flags: ['--kubeconfig', `${folder}/kubeconfig`, '--state-dir', `${folder}/state`] };
}

/** An hour after now everything is old enough to sleep. */
function night(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

async function cli(argv: readonly string[], { flags }: Place, options: CliOptions = {}): Promise<CliResult> {
  return runCli([...argv, ...flags], { now: night(), ...options });
}

function replicas(): (number | undefined)[] {
  return objects.map(
    ({ metadata }) =>
      (sandbox.byHand.get('apps/v1', 'Deployment', 'shop', metadata.name) as { spec?: { replicas?: number } }).spec?.replicas,
  );
}

describe('plan', () => {
  it('shows what would change and why, and changes nothing', async () => {
    const result = await cli(['plan', '--default-downtime', 'always'], await place());

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^NAMESPACE +WORKLOAD +ACTION +SIZE +WHY\nshop +Deployment\/api +sleep +3 -> 0 +in its downtime\n/);
    expect(result.stdout).toContain('would change 2 of 2 workloads');
    expect(replicas()).toEqual([3, 3]);
  });

  it('prints the report as one document', async () => {
    const result = await cli(['plan', '--default-downtime', 'always', '-n', 'shop', '-o', 'json'], await place());

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

  it('fails for a namespace that is not there, after looking at the others', async () => {
    const result = await cli(['plan', '-n', 'shpo', '-n', 'shop', '-o', 'json'], await place());

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'degraded', counts: { clusters: 1, failed: 1 } });
    expect(result.stderr).toContain('error: sandbox: namespace shpo does not exist');
  });
});

describe('sleep, wake, reconcile and restore', () => {
  it('asks, and changes nothing when the answer is not yes', async () => {
    const here = await place();

    for (const typed of ['n\n', '\n', 'maybe\n', '']) {
      const result = await cli(['sleep'], here, { typed });

      expect(result).toMatchObject({ exitCode: 3, stdout: '' });
      expect(result.stderr).toContain('2 changes. Go ahead? [y/N]');
      expect(result.stderr).toContain('error: nothing was changed');
    }
    expect(replicas()).toEqual([3, 3]);
  });

  it('shows what it would do, asks, and does it on yes', async () => {
    const result = await cli(['sleep'], await place(), { typed: 'y\n', env: { NO_COLOR: '1' } });

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toMatch(/shop +Deployment\/web +sleep +3 -> 0 +asked to sleep/);
    expect(result.stdout).toMatch(/^2 put to sleep/);
    expect(replicas()).toEqual([0, 0]);
  });

  it('refuses where there is nobody to ask, and says how to go on', async () => {
    const here = await place();

    const text = await cli(['sleep'], here);
    const json = await cli(['sleep', '-o', 'json'], here);

    expect(text.exitCode).toBe(3);
    expect(text.stderr).toContain('hint: add --yes');
    expect(json.json()).toEqual({
      error: { code: 'refused', message: expect.stringContaining('nothing was changed'), hint: expect.stringContaining('--yes') },
    });
    expect(replicas()).toEqual([3, 3]);
  });

  it('has nothing to ask when there is nothing to do', async () => {
    const result = await cli(['wake'], await place());

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('nothing to do');
  });

  it('puts to sleep and wakes again with --yes, and finds nothing to do a second time', async () => {
    const here = await place();

    const slept = await cli(['sleep', '--yes', '-o', 'json'], here);
    const again = await cli(['sleep', '--yes', '-o', 'json'], here);
    expect(replicas()).toEqual([0, 0]);
    const woken = await cli(['wake', '--yes'], here);

    expect(slept.json()).toMatchObject({ status: 'ok', counts: { slept: 2, failed: 0 } });
    expect(again.json()).toMatchObject({ status: 'ok', counts: { changed: 0 } });
    expect(woken.stdout).toMatch(/shop +Deployment\/web +wake +0 -> 3/);
    expect(replicas()).toEqual([3, 3]);
  });

  it('reconciles to the schedule of the flags and of the environment', async () => {
    const here = await place();

    await cli(['reconcile', '--yes', '--default-uptime', 'never'], here);
    expect(replicas()).toEqual([0, 0]);
    await cli(['reconcile', '--yes'], here, { env: { DEFAULT_UPTIME: 'always' } });

    expect(replicas()).toEqual([3, 3]);
  });

  it('decides as of --at', async () => {
    const here = await place();
    const flags = ['--default-uptime', 'Mon-Fri 07:00-19:00 UTC', '--yes', '--grace-period', '0'];

    await cli(['reconcile', '--at', '2099-01-05T12:00:00Z', ...flags], here);
    expect(replicas()).toEqual([3, 3]);
    await cli(['reconcile', '--at', '2099-01-05T22:00:00+01:00', ...flags], here);

    expect(replicas()).toEqual([0, 0]);
  });

  it('changes nothing with --dry-run, with or without --yes', async () => {
    const here = await place();

    const result = await cli(['sleep', '--dry-run', '--yes', '-o', 'json'], here);

    expect(result.json()).toMatchObject({ counts: { planned: 2, changed: 0 } });
    expect(replicas()).toEqual([3, 3]);
  });

  it.each(['plan', 'sleep', 'wake', 'reconcile', 'restore'])('asks the cluster nothing but questions in %s --dry-run', async (command) => {
    const here = await place();
    const { runId } = (await cli(['sleep', '--yes', '-o', 'json'], here)).json() as Report;
    for (const object of objects.slice(1)) sandbox.byHand.put(object);
    sandbox.requests.reset();

    const result = await cli(
      [command, '--dry-run', '-o', 'json', ...(command === 'restore' ? ['--run', runId] : ['--yes'].slice(Number(command === 'plan')))],
      here,
    );

    expect(result.json()).toMatchObject({ job: 'scale-dev-nightly', counts: { changed: 0, failed: 0 } });
    expect(sandbox.requests.total).toBeGreaterThan(0);
    expect(Object.keys(sandbox.requests.byVerb).filter((verb) => !['get', 'list'].includes(verb))).toEqual([]);
  });

  it('restores a run from its ledger when every annotation is gone', async () => {
    const here = await place();
    const { runId } = (await cli(['sleep', '--yes', '-o', 'json'], here)).json() as Report;
    for (const object of objects) sandbox.byHand.put({ ...object, spec: { ...object.spec, replicas: 0 } } as typeof object);

    const result = await cli(['restore', '--run', runId, '--yes'], here);

    expect(result.exitCode).toBe(0);
    expect(replicas()).toEqual([3, 3]);
  });

  it('exits 1 when an object could not be changed, and says which and why', async () => {
    sandbox.faults.add({ verb: 'patch', name: 'web', status: 403, times: 10 });

    const result = await cli(['sleep', '--yes'], await place());

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^error: sandbox\/shop\/Deployment\/web: /m);
    expect(replicas()).toEqual([3, 0]);
  });
});

describe('a bad night, as its operator reads it', () => {
  it('tells one cause once, however many objects it stopped', async () => {
    sandbox.faults.add({ verb: 'patch', status: 403, times: Number.POSITIVE_INFINITY });

    const result = await cli(['sleep', '--yes'], await place());

    const errors = result.stderr.split('\n').filter((line) => line.startsWith('error:'));
    expect(errors).toEqual([
      expect.stringMatching(/^error: sandbox\/shop\/Deployment\/api and 1 more: cannot patch deployments shop\/api .*verbs: \["patch"\]/),
    ]);
    expect(result.stdout).toMatch(/Deployment\/web +failed +3 -> 0 +cannot patch deployments shop\/web on cluster sandbox: .*\(403\)$/m);
    expect(result.stdout).toMatch(/^nothing changed among 2 workloads on 1 cluster; 2 changes failed \[run /m);
  });

  it('says of a conflict that never ends who is at it, and that the next run tries again', async () => {
    sandbox.faults.add({ verb: 'patch', status: 409, times: Number.POSITIVE_INFINITY });

    const result = await cli(['sleep', '--yes'], await place());

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('Deployment/api and 1 more: someone else changed it at each of 5 attempts; the next run tries again');
  });

  it('says of a cluster that cannot be looked at that nothing is known of it', async () => {
    sandbox.faults.add({ verb: 'list', status: 403, times: Number.POSITIVE_INFINITY });

    const result = await cli(['plan'], await place());

    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/nothing to do for 0 workloads on 0 of 1 cluster; 1 cluster failed/);
  });

  it('says that it was interrupted, what is left and how to go on', async () => {
    const controller = new AbortController();
    sandbox.faults.add({ verb: 'patch', skip: 1, times: Number.POSITIVE_INFINITY, delayMs: 60_000 });
    const here = await place();

    const running = cli(['sleep', '--yes', '--concurrency', '1'], here, { signal: controller.signal });
    await expect.poll(() => sandbox.requests.byVerb.patch ?? 0).toBeGreaterThan(0);
    controller.abort(new InterruptedError('the command was interrupted'));
    const result = await running;

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('warning: the command was interrupted; what was done stays');
    expect(result.stdout).toMatch(/left +3 -> 0 +the run had to stop before its turn/);
    expect(result.stdout).toMatch(/1 left for the next run \(run the command again to go on\)/);
  });
});

describe('a cluster that cannot be reached', () => {
  it.each([
    ['no file', ['--kubeconfig', '/nowhere/kubeconfig'], '/nowhere/kubeconfig does not exist'],
    ['no such context', ['--context', 'prod'], 'it has no context "prod"'],
  ])('%s is bad input', async (_, flags, why) => {
    const here = await place();

    const result = await cli(['plan'], { flags: [...here.flags, ...flags] });

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(why);
  });

  it('exits 1 with the server’s refusal and what to do about it', async () => {
    const folder = await folderWith({ kubeconfig: sandbox.kubeconfig('wrong-token') });

    const result = await cli(['plan', '-o', 'json'], { flags: ['--kubeconfig', `${folder}/kubeconfig`] });

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    expect(result.stderr).toContain('log in again');
    expect(result.stdout + result.stderr).not.toContain('wrong-token');
  });
});

describe('invoke', () => {
  it('runs the function on a kubeconfig with an event from standard input', async () => {
    const here = await place();

    const result = await cli(['invoke', 'scale-dev-nightly', '--event', '-', '-o', 'json'], here, {
      stdin: '{"action":"sleep","cluster":"dev-eu"}',
    });

    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({ job: 'scale-dev-nightly', counts: { slept: 2 } });
    expect(replicas()).toEqual([0, 0]);
  });

  it('changes nothing with --dry-run', async () => {
    const folder = await folderWith({ 'event.json': '{"action":"sleep"}' });

    const result = await cli(['invoke', 'scale-dev-nightly', '--dry-run', '--event', `${folder}/event.json`], await place());

    expect(result.exitCode).toBe(0);
    expect(replicas()).toEqual([3, 3]);
  });

  it.each([
    ['{"action":"slep"}', 'action'],
    ['{"action":"sleep","force":true}', 'force'],
    ['{"action":', 'cannot be read'],
    ['', 'it is empty'],
  ])('refuses the event %s', async (stdin, why) => {
    const result = await cli(['invoke', 'scale-dev-nightly', '--event', '-'], await place(), { stdin });

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(why);
  });

  it('names what the environment lacks when there is no kubeconfig', async () => {
    const result = await runCli(['invoke', 'scale-dev-nightly'], { env: {} });

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('NIGHTSHIFT_STATE_BUCKET');
  });
});
