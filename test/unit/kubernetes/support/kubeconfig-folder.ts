import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { connectKubeconfig, type KubeconfigConnection, type KubeconfigOptions } from '../../../../lib/kubernetes/kubeconfig-connection.ts';
import { BadInputError } from '../../../../lib/platform/errors.ts';
import { certPath } from './certs.ts';
import { testClock } from './fakes.ts';

export interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly [key: string]: unknown;
}

export function kubeconfig({ cluster, user, ...rest }: Parts = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'dev',
    clusters: [
      { name: 'dev-cluster', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority': certPath('ca.pem'), ...cluster } },
    ],
    users: [{ name: 'me', user: user ?? { token: 'secret-token' } }],
    contexts: [{ name: 'dev', context: { cluster: 'dev-cluster', user: 'me', namespace: 'team-a' } }],
    ...rest,
  };
}

/** A folder for each test of the file that asks for it, gone after the test. */
export class KubeconfigFolder {
  path = '';

  static forEachTest(): KubeconfigFolder {
    const folder = new KubeconfigFolder();
    beforeEach(async () => {
      folder.path = await mkdtemp(join(tmpdir(), 'nightshift-kubeconfig-'));
    });
    afterEach(() => rm(folder.path, { recursive: true }));
    return folder;
  }

  async write(name: string, content: string | object): Promise<string> {
    const file = join(this.path, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  /** By a kubeconfig of this content. */
  async connect(content: string | object, options: Partial<KubeconfigOptions> = {}): Promise<KubeconfigConnection> {
    const file = await this.write('config', content);
    return connectKubeconfig({ env: {}, clock: testClock(), file, ...options });
  }

  /** Why a kubeconfig of this content is refused. */
  async refusal(content: string | object, options: Partial<KubeconfigOptions> = {}): Promise<BadInputError> {
    const error: unknown = await this.connect(content, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadInputError);
    return error as BadInputError;
  }
}
