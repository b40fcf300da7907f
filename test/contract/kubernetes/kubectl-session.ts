import { expect } from 'vitest';
import type { Kubectl, KubectlOptions } from '../../support/kubectl.ts';
import { aDeployment } from './objects.ts';

/** What the tests of kubectl speak through. */
export interface KubectlSession {
  readonly admin: Kubectl;
  readonly limited: Kubectl;
  /** Standard output of a command of the admin, split at its spaces; fails the test with what kubectl said when it failed. */
  run(command: string, options?: KubectlOptions): Promise<string>;
  /** A namespace of its own with a Deployment `web` of 2 replicas in it, `inside` for commands there, `web` as it was created. */
  aNamespaceWithWeb(): Promise<{
    readonly namespace: string;
    readonly inside: (command: string, options?: KubectlOptions) => Promise<string>;
    readonly web: string;
  }>;
}

export type SessionOf = () => KubectlSession;

export function openSession(admin: Kubectl, limited: Kubectl): KubectlSession {
  const run = async (command: string, options?: KubectlOptions): Promise<string> => {
    const { code, stdout, stderr } = await admin(command.split(' '), options);
    expect(code, `kubectl ${command}: ${stderr}`).toBe(0);
    return stdout;
  };
  const aNamespaceWithWeb: KubectlSession['aNamespaceWithWeb'] = async () => {
    const namespace = `kubectl-${crypto.randomUUID().slice(0, 8)}`;
    await run('create -f -', { input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }) });
    const inside = (command: string, options?: KubectlOptions): Promise<string> => run(`-n ${namespace} ${command}`, options);
    const web = JSON.stringify(aDeployment({ namespace, name: 'web', replicas: 2, labels: { app: 'web' } }));
    await inside('create -f -', { input: web });
    return { namespace, inside, web };
  };
  return { admin, limited, run, aNamespaceWithWeb };
}

/** The cells of a printed table; kubectl keeps at least two spaces, or three, between them. */
export function columns(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));
}
