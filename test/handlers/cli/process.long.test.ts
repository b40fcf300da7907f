import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, readFile, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { isRunning } from '../../support/is-running.ts';
import { spawnCli } from '../../unit/cli/spawn-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';

describe('the CLI as a process', () => {
  it('prints one document on standard output and exits with the answer', async () => {
    const cli = spawnCli(['schedule', 'test', 'Mon-Fri 07:00-19:00 Europe/Berlin', '--at', '2026-03-29T12:00:00Z', '-o', 'json']);

    expect(await cli.exitCode).toBe(1);
    expect(await cli.stdout).toBe('{"matches":false}\n');
    expect(await cli.stderr).toBe('');
  });

  it('decides on manifests from standard input', async () => {
    const cli = spawnCli(['plan', '-f', '-', '--default-downtime', 'always', '-o', 'json']);
    cli.process.stdin.end('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n');

    expect(await cli.exitCode).toBe(0);
    expect(JSON.parse(await cli.stdout)).toMatchObject({
      items: [{ kind: 'Deployment', namespace: 'default', name: 'web', action: 'sleep', from: 2, to: 0, original: 2 }],
    });
  });

  it('is quiet when the reader of its output goes away', async () => {
    const cli = spawnCli(['schedule', 'next', 'Mon-Sun 00:00-12:00 UTC', '--count', '10000']);
    await once(cli.process.stdout, 'data');
    cli.process.stdout.destroy();

    expect(await cli.exitCode).toBe(0);
    expect(await cli.stderr).toBe('');
  });

  it.runIf(existsSync('/dev/full'))('fails in one line when its result cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const program = join(import.meta.dirname, '../../../bin/nightshift.ts');

    const { status, stderr } = spawnSync(process.execPath, [program, 'schedule', 'test', 'always'], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });

    expect({ status, stderr }).toEqual({ status: 1, stderr: 'error: the result cannot be written to standard output: ENOSPC\n' });
  });

  it('finishes what it began when nobody reads its progress any more', async () => {
    const sandbox = await startKubernetesSandbox({
      controllers: false,
      objects: Array.from({ length: 30 }, (_, index) => deployment(`web-${index}`)),
    });
    onTestFinished(() => sandbox.close());
    const folder = await folderWith({ kubeconfig: sandbox.kubeconfig() });
    const flags = ['--yes', '--grace-period', '0', '--kubeconfig', `${folder}/kubeconfig`, '--state-dir', `${folder}/state`, '-o', 'json'];

    const cli = spawnCli(['sleep', '--concurrency', '1', ...flags]);
    cli.stderr.catch(() => {});
    await once(cli.process.stderr, 'data');
    cli.process.stderr.destroy();

    expect(await cli.exitCode).toBe(0);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ status: 'ok', counts: { slept: 30 } });
  });

  it('stops cleanly at Ctrl-C: says what is left, and the next run goes on', async () => {
    const sandbox = await startKubernetesSandbox({
      controllers: false,
      objects: Array.from({ length: 30 }, (_, index) => deployment(`web-${index}`)),
    });
    onTestFinished(() => sandbox.close());
    sandbox.faults.add({ verb: 'patch', skip: 4, times: Number.POSITIVE_INFINITY, delayMs: 60_000 });
    const folder = await folderWith({ kubeconfig: sandbox.kubeconfig() });
    const flags = ['--yes', '--grace-period', '0', '--kubeconfig', `${folder}/kubeconfig`, '--state-dir', `${folder}/state`, '-o', 'json'];

    const cli = spawnCli(['sleep', '--concurrency', '1', ...flags]);
    await once(cli.process.stderr, 'data');
    cli.process.kill('SIGINT');
    const report = JSON.parse(await cli.stdout) as { remaining: number; counts: { slept: number } };

    expect(await cli.exitCode).toBe(1);
    expect(report.remaining).toBeGreaterThan(0);
    sandbox.faults.clear();
    const next = spawnCli(['sleep', ...flags]);
    expect(await next.exitCode).toBe(0);
    expect(JSON.parse(await next.stdout)).toMatchObject({ remaining: 0, counts: { failed: 0 } });
    expect(
      sandbox
        .snapshot()
        .filter((object) => object.kind === 'Deployment' && (object as { spec?: { replicas?: number } }).spec?.replicas !== 0),
    ).toEqual([]);
  });
});

describe('a command whose time is up', () => {
  it('is over, and so is a plugin that hangs', async () => {
    const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './hang.sh' } };
    const folder = await folderWith({ kubeconfig: kubeconfigOf(user), 'hang.sh': '#!/bin/sh\nsleep 300 & echo $! > "$PID_FILE"; wait\n' });
    await chmod(`${folder}/hang.sh`, 0o755);
    const start = performance.now();

    const cli = spawnCli(['plan', '--timeout', '2s', '--kubeconfig', `${folder}/kubeconfig`, '-o', 'json'], { PID_FILE: `${folder}/pid` });
    const exitCode = await cli.exitCode;

    expect(performance.now() - start).toBeLessThan(4_000);
    expect(exitCode).toBe(1);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ status: 'failed', items: [{ reason: 'the run stopped: its time budget ended' }] });
    const pid = Number(await readFile(`${folder}/pid`, 'utf8'));
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
  });

  it('is over, and has not waited for an AWS endpoint that says nothing', async () => {
    const server = createServer(() => {});
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_REGION: 'eu-central-1',
    };
    const start = performance.now();

    const cli = spawnCli(['plan', '--timeout', '2s', '--cluster', 'dev', '-o', 'json'], env);

    expect(await cli.exitCode).toBe(1);
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ status: 'failed', items: [{ reason: 'the run stopped: its time budget ended' }] });
  });
});

interface Served {
  readonly env: Record<string, string>;
  readonly functions: { readonly 'post-deploy-smoke': { readonly env: Record<string, string> } };
}

describe('sandbox --serve', () => {
  it('serves until it is told to stop, for whoever takes over its environment', async () => {
    const event = `${await folderWith({ 'event.json': '{"suite":"storefront","version":"4.18.2"}' })}/event.json`;
    const cli = spawnCli(['sandbox', '--serve', '-o', 'json', '--quiet']);
    const [line] = (await once(cli.process.stdout, 'data')) as [Buffer];
    const { env, functions } = JSON.parse(line.toString()) as Served;

    expect((await stat(env.KUBECONFIG!)).mode & 0o777).toBe(0o600);
    const plan = spawnCli(['plan', '-o', 'json', '--default-downtime', 'always'], env);
    expect(JSON.parse(await plan.stdout)).toMatchObject({ counts: { clusters: 1, failed: 0 } });
    // Before the other one, which may find that it is night.
    const smoke = spawnCli(['invoke', 'post-deploy-smoke', '--event', event, '-o', 'json'], functions['post-deploy-smoke'].env);
    expect(JSON.parse(await smoke.stdout)).toMatchObject({ summary: expect.stringContaining('storefront 4.18.2 is what answers') });
    const invoked = spawnCli(['invoke', 'scale-dev-nightly', '-o', 'json'], env);
    expect(JSON.parse(await invoked.stdout)).toMatchObject({ job: 'scale-dev-nightly', counts: { clusters: 1, failed: 0 } });

    cli.process.kill('SIGTERM');
    expect(await cli.exitCode).toBe(0);
    await expect(readFile(env.KUBECONFIG!)).rejects.toThrow('ENOENT');
  });

  it('prints lines for a shell, with a word that runs a command as the other function', async () => {
    const cli = spawnCli(['sandbox', '--serve', '--quiet']);
    const [lines] = (await once(cli.process.stdout, 'data')) as [Buffer];
    const { stdout } = spawnSync(
      'sh',
      ['-c', `${lines}\necho $NIGHTSHIFT_POLICY_PARAMETER; as_post_deploy_smoke printenv NIGHTSHIFT_POLICY_PARAMETER`],
      {
        encoding: 'utf8',
      },
    );

    expect(stdout).toBe('/nightshift/scale-dev-nightly\n/nightshift/post-deploy-smoke\n');
    cli.process.kill('SIGTERM');
    expect(await cli.exitCode).toBe(0);
  });

  it('does not overwrite a file that is not its own', async () => {
    const folder = await folderWith({ config: 'apiVersion: v1\nkind: Config\n' });

    const cli = spawnCli(['sandbox', '--serve', '--kubeconfig-out', `${folder}/config`]);

    expect(await cli.exitCode).toBe(3);
    expect(await cli.stderr).toContain('was not overwritten');
    expect(await readFile(`${folder}/config`, 'utf8')).toBe('apiVersion: v1\nkind: Config\n');
  });
});

function kubeconfigOf(user: object): string {
  return JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  });
}

function deployment(name: string): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'example/web' }] } },
    },
  } as KubernetesObject;
}
