import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as stub from '../../../lib/kubernetes/undici-stub.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

describe('undici-stub', () => {
  let dir: string;
  let inputs: string[];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nightshift-bundle-'));
    const result = await build({
      stdin: {
        contents: "export { connectKubeconfig } from './lib/kubernetes/kubeconfig-connection.ts';",
        resolveDir: path(''),
      },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      alias: { undici: path('lib/kubernetes/undici-stub.ts') },
      banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
      outdir: dir,
      outExtension: { '.js': '.mjs' },
      metafile: true,
      logLevel: 'silent',
    });
    inputs = Object.keys(result.metafile.inputs);
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('takes the place of undici in a bundle, where client-node still runs an exec plugin', async () => {
    const status = { token: 'from-plugin' };
    const plugin = `console.log(JSON.stringify({ kind: 'ExecCredential', status: ${JSON.stringify(status)} }))`;
    const config = {
      'current-context': 'c',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [
        { name: 'u', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', plugin] } } },
      ],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    };
    await writeFile(join(dir, 'config'), JSON.stringify(config));
    const script = `
      import { connectKubeconfig } from ${JSON.stringify(join(dir, 'stdin.mjs'))};
      const clock = { now: () => Date.now(), sleep: async () => {} };
      const connection = await connectKubeconfig({ env: {}, clock, file: ${JSON.stringify(join(dir, 'config'))} });
      console.log(JSON.stringify((await connection.access()).headers));`;
    await writeFile(join(dir, 'main.mjs'), script);

    const { stdout } = await promisify(execFile)(process.execPath, [join(dir, 'main.mjs')]);

    expect(JSON.parse(stdout)).toEqual({ authorization: 'Bearer from-plugin' });
    expect(inputs.filter((input) => input.includes('node_modules/undici/'))).toEqual([]);
  });

  it('says what it is to whoever calls it', async () => {
    expect(() => new stub.Agent()).toThrow('undici is not part of this bundle: Agent was called');
    expect(() => new stub.ProxyAgent()).toThrow('ProxyAgent was called');
    await expect(stub.fetch()).rejects.toThrow('fetch was called');
  });
});
