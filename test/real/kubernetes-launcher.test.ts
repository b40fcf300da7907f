import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { apiRequest } from '../support/api-request.ts';
import { findPrograms, MissingControlPlaneError } from '../support/control-plane/assets.ts';
import { ProcessFamily } from '../support/control-plane/process-family.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { hasControlPlane } from '../support/real-parts.ts';

const LAUNCHER = new URL('../support/control-plane.ts', import.meta.url);
const FAMILY = new URL('../support/control-plane/process-family.ts', import.meta.url);

/** A zombie still has an id; it runs nothing. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Runs a script in a Node of its own, returns what it prints first, as JSON, and the process. */
async function startScript(source: string) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said: JSON.parse(line) as { pids: Record<string, number>; folder: string } };
}

describe('looking for the programs of a control plane', () => {
  it('says which variable is not set', () => {
    expect(() => findPrograms(undefined, ['etcd'])).toThrow(MissingControlPlaneError);
    expect(() => findPrograms(undefined, ['etcd'])).toThrow(/KUBEBUILDER_ASSETS is not set; point it at a folder with etcd/);
  });

  it('names every program that is missing, before any is started', async () => {
    const start = startControlPlane({ assets: '/nowhere', controllers: true });

    await expect(start).rejects.toThrow(/etcd, kube-apiserver, kubectl, kube-controller-manager not found or not executable in \/nowhere/);
  });

  it('passes the suites over on a laptop and fails them in CI', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

    expect(hasControlPlane({})).toBe(false);
    expect(write).toHaveBeenCalledWith(expect.stringContaining('SKIPPED: KUBEBUILDER_ASSETS is not set'));
    expect(() => hasControlPlane({ CI: 'true' })).toThrow(/KUBEBUILDER_ASSETS is not set/);
    expect(hasControlPlane({ CI: 'true', KUBEBUILDER_ASSETS: '/somewhere' })).toBe(true);
    write.mockRestore();
  });
});

describe('a family of processes', () => {
  const folders: string[] = [];
  const aFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'family-'));
    folders.push(folder);
    return folder;
  };

  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('is stopped whole, children of children too', async () => {
    const family = new ProcessFamily(aFolder());
    const folder = aFolder();
    family.start('parent', 'sh', ['-c', `sleep 60 & echo $! > ${folder}/child; wait`]);
    await vi.waitFor(() => expect(existsSync(join(folder, 'child'))).toBe(true), { interval: 5 });
    const { parent = 0 } = family.pids();

    await family.stop();

    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await vi.waitFor(() => expect([parent, child].filter(isRunning)).toEqual([]), { interval: 5 });
  });

  it('tells which member ended by itself, and the end of what it said', async () => {
    const family = new ProcessFamily(aFolder());
    family.start('short', 'sh', ['-c', 'echo bind: address already in use >&2; exit 1']);

    await vi.waitFor(() => expect(family.ended()).toEqual(['short']), { interval: 5 });

    expect(family.logTail('short')).toBe('bind: address already in use');
    await family.stop();
  });

  it('dies with its parent and leaves no folder, even when the parent is killed with -9', async () => {
    const folder = aFolder();
    const { child, said } = await startScript(`
      const { ProcessFamily } = await import(${JSON.stringify(FAMILY.href)});
      const family = new ProcessFamily(${JSON.stringify(folder)});
      family.start('one', 'sleep', ['60']);
      family.start('two', 'sleep', ['60']);
      console.log(JSON.stringify({ pids: family.pids() }));
      setInterval(() => {}, 1000);
    `);
    const pids = Object.values(said.pids);
    expect(pids.filter(isRunning)).toHaveLength(2);

    child.kill('SIGKILL');

    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 5_000, interval: 10 });
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 5_000, interval: 10 });
  });
});

describe.runIf(hasControlPlane())('a control plane', () => {
  it('starts with what was asked for, knows its two users, and is gone without a trace after stop', async () => {
    const plane: ControlPlane = await startControlPlane({ maxMutatingRequestsInflight: 7 });
    const folder = dirname(plane.kubeconfigPath);
    const pids = Object.values(plane.pids());
    const ask = (token: string) => apiRequest({ ...plane, token }, 'GET', '/api/v1/namespaces');

    const answers = await Promise.all([plane.adminToken, plane.limitedToken, 'unknown'].map(ask));
    await plane.stop();

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 401]);
    expect(Object.keys(plane.pids())).toEqual(['etcd', 'kube-apiserver']);
    expect(pids.filter(isRunning)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('dies with the process that started it', async () => {
    const { child, said } = await startScript(`
      const { startControlPlane } = await import(${JSON.stringify(LAUNCHER.href)});
      const plane = await startControlPlane();
      console.log(JSON.stringify({ pids: plane.pids(), folder: (await import('node:path')).dirname(plane.kubeconfigPath) }));
      setInterval(() => {}, 1000);
    `);
    const pids = Object.values(said.pids);
    expect(pids.filter(isRunning)).toHaveLength(2);

    child.kill('SIGKILL');

    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 5_000, interval: 10 });
    await vi.waitFor(() => expect(existsSync(said.folder)).toBe(false), { timeout: 5_000, interval: 10 });
  });

  it('that cannot start quotes the program that failed', async () => {
    const assets = mkdtempSync(join(tmpdir(), 'assets-'));
    for (const program of ['etcd', 'kube-apiserver', 'kubectl']) {
      writeFileSync(join(assets, program), '#!/bin/sh\necho the disk is on fire >&2\nexit 3\n', { mode: 0o755 });
    }

    await expect(startControlPlane({ assets })).rejects.toThrow(/the control plane did not start: etcd ended\nthe disk is on fire/);

    rmSync(assets, { recursive: true });
  });
});
