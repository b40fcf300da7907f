import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { kubectlWith } from '../../support/kubectl.ts';
import { describeKubectlReads } from './kubectl-reads.contract.ts';
import { type KubectlSession, openSession } from './kubectl-session.ts';
import { describeKubectlWrites } from './kubectl-writes.contract.ts';

/** A server as kubectl meets it. */
export interface KubectlWorld {
  /** Path of the program. */
  readonly kubectl: string;
  /** Contents of a kubeconfig for the admin, and for a user without permissions. */
  kubeconfig(user: 'admin' | 'limited'): string;
  stop(): Promise<void>;
}

/** What people type at a cluster, with the real kubectl. */
export function kubectlContract(start: () => Promise<KubectlWorld>): void {
  describe('kubectl', () => {
    let home = '';
    let world: KubectlWorld | undefined;
    let session: KubectlSession | undefined;
    const sessionOf = (): KubectlSession => {
      if (session === undefined) throw new Error('the world of the contract has not been started');
      return session;
    };

    beforeAll(async () => {
      const started = await start();
      world = started;
      home = mkdtempSync(join(tmpdir(), 'kubectl-'));
      const kubectlOf = (user: 'admin' | 'limited') => {
        writeFileSync(join(home, user), started.kubeconfig(user), { mode: 0o600 });
        return kubectlWith(started.kubectl, join(home, user), home);
      };
      session = openSession(kubectlOf('admin'), kubectlOf('limited'));
    }, 90_000);

    afterAll(async () => {
      await world?.stop();
      if (home !== '') rmSync(home, { recursive: true, force: true });
    });

    describeKubectlReads(sessionOf);
    describeKubectlWrites(sessionOf);
  });
}
