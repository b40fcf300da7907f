import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../bin/errors.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';
import { Shop } from './shop.ts';

const shop = Shop.forEachTest();

describe('a bad night, as its operator reads it', () => {
  it('tells one cause once, however many objects it stopped', async () => {
    shop.sandbox.faults.add({ verb: 'patch', status: 403, times: Number.POSITIVE_INFINITY });

    const result = await shop.cli(['sleep', '--yes'], await shop.place());

    const errors = result.stderr.split('\n').filter((line) => line.startsWith('error:'));
    expect(errors).toEqual([
      expect.stringMatching(/^error: sandbox\/shop\/Deployment\/api and 1 more: cannot patch deployments shop\/api .*verbs: \["patch"\]/),
    ]);
    expect(result.stdout).toMatch(/Deployment\/web +failed +3 -> 0 +cannot patch deployments shop\/web on cluster sandbox: .*\(403\)$/m);
    expect(result.stdout).toMatch(/^nothing changed among 2 workloads on 1 cluster; 2 changes failed \[run /m);
  });

  it('says of a conflict that never ends who is at it, and that the next run tries again', async () => {
    shop.sandbox.faults.add({ verb: 'patch', status: 409, times: Number.POSITIVE_INFINITY });

    const result = await shop.cli(['sleep', '--yes'], await shop.place());

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('Deployment/api and 1 more: someone else changed it at each of 5 attempts; the next run tries again');
  });

  it('says of a cluster that cannot be looked at that nothing is known of it', async () => {
    shop.sandbox.faults.add({ verb: 'list', status: 403, times: Number.POSITIVE_INFINITY });

    const result = await shop.cli(['plan'], await shop.place());

    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/nothing to do for 0 workloads on 0 of 1 cluster; 1 cluster failed/);
  });

  it('says that it was interrupted, what is left and how to go on', async () => {
    const controller = new AbortController();
    shop.sandbox.faults.add({ verb: 'patch', skip: 1, times: Number.POSITIVE_INFINITY, delayMs: 60_000 });
    const here = await shop.place();

    const running = shop.cli(['sleep', '--yes', '--concurrency', '1'], here, { signal: controller.signal });
    await expect.poll(() => shop.sandbox.requests.byVerb.patch ?? 0).toBeGreaterThan(0);
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
    const here = await shop.place();

    const result = await shop.cli(['plan'], { flags: [...here.flags, ...flags] });

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(why);
  });

  it('exits 1 with the server’s refusal and what to do about it', async () => {
    const folder = await folderWith({ kubeconfig: shop.sandbox.kubeconfig('wrong-token') });

    const result = await shop.cli(['plan', '-o', 'json'], { flags: ['--kubeconfig', `${folder}/kubeconfig`] });

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    expect(result.stderr).toContain('log in again');
    expect(result.stdout + result.stderr).not.toContain('wrong-token');
  });
});
