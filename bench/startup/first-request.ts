import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKubernetesSandbox } from '../../sandbox/kubernetes/server.ts';

/** The kinds of users whose kubeconfigs take different ways through the CLI. */
export const USERS = ['token', 'exec plugin'] as const;
export type User = (typeof USERS)[number];

/** A cluster that tells when it is asked for the first time. */
export interface WatchedCluster {
  /** Milliseconds from the start of a program to its first request here. @throws Error when it fails, or never asks */
  firstRequestOf(args: readonly string[], user: User): Promise<number>;
  close(): Promise<void>;
}

const TOKEN = 'of-the-bench';

/** The sandbox's API server, over TLS, with a kubeconfig for each kind of user. */
export async function watchedCluster(): Promise<WatchedCluster> {
  let askedAt: number | undefined;
  const sandbox = await startKubernetesSandbox({
    controllers: false,
    authenticate: (token) => {
      askedAt ??= performance.now();
      return token === TOKEN ? { user: 'bench', groups: ['system:masters'] } : undefined;
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-startup-'));
  const plugin = join(folder, 'plugin.sh');
  await writeFile(plugin, `#!/bin/sh\necho '{"kind":"ExecCredential","status":{"token":"${TOKEN}"}}'\n`, { mode: 0o755 });
  const written = sandbox.kubeconfig(TOKEN);
  const kubeconfigs: Readonly<Record<User, string>> = {
    token: written,
    'exec plugin': written.replace(/ token: .*/, ` exec: {apiVersion: client.authentication.k8s.io/v1, command: ${plugin}}`),
  };
  return {
    async firstRequestOf(args, user) {
      const file = join(folder, 'kubeconfig');
      await writeFile(file, kubeconfigs[user]);
      askedAt = undefined;
      const start = performance.now();
      const child = spawn(process.execPath, args, {
        env: { ...process.env, KUBECONFIG: file, XDG_STATE_HOME: folder },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [code] = await once(child, 'close');
      if (code !== 0 || askedAt === undefined)
        throw new Error(`node ${args.join(' ')} exited with ${code}, and asked: ${askedAt !== undefined}`);
      return askedAt - start;
    },
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}
