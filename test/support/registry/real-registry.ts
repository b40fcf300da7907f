import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type SandboxImage, sha256 } from '../../../sandbox/registry/images.ts';

export interface RealRegistry {
  readonly host: string;
  push(repository: string, tag: string, image: SandboxImage): Promise<void>;
  close(): Promise<void>;
}

export const USER = 'night';
export const PASSWORD = 'sandbox-password';
/** bcrypt of the password above, in htpasswd's form. */
const HTPASSWD = `${USER}:$2a$04$S/kBM3aU7clVc8ojEQPkDOuxtL.Rpl6QES80ST1Nkq4kJ5iQJpCh.\n`;

/** The reference implementation of OCI distribution, in memory, with Basic auth when `basic` is told. */
export async function startRealRegistry(program: string, { basic }: { readonly basic: boolean }): Promise<RealRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-registry-'));
  const port = await freePort();
  await writeFile(join(folder, 'htpasswd'), HTPASSWD);
  const auth = basic ? { auth: { htpasswd: { realm: 'real', path: join(folder, 'htpasswd') } } } : {};
  const config = { version: 0.1, log: { level: 'error' }, storage: { inmemory: {} }, http: { addr: `127.0.0.1:${port}` }, ...auth };
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(program, ['serve', join(folder, 'config.yml')], {
    stdio: 'ignore',
    env: { ...process.env, OTEL_TRACES_EXPORTER: 'none' },
  });
  const headers = basic ? { authorization: `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}` } : {};
  const origin = `http://127.0.0.1:${port}`;
  await answering(origin, child);
  return {
    host: `127.0.0.1:${port}`,
    push: (repository, tag, image) => push({ origin, headers }, { repository, tag, image }),
    close: async () => {
      child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Pushed {
  readonly repository: string;
  readonly tag: string;
  readonly image: SandboxImage;
}

/** Blobs in one request each, then manifests. */
async function push(
  { origin, headers }: { readonly origin: string; readonly headers: Record<string, string> },
  { repository, tag, image }: Pushed,
): Promise<void> {
  const base = `${origin}/v2/${repository}`;
  for (const blob of image.blobs) {
    const begun = await ok(await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers }));
    const upload = new URL(begun.headers.get('location') ?? '', origin);
    upload.searchParams.set('digest', sha256(blob));
    await ok(
      await fetch(upload, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(blob),
      }),
    );
  }
  for (const { digest, mediaType, body } of image.manifests) {
    const version = digest === image.digest ? tag : digest;
    const content = { ...headers, 'content-type': mediaType };
    await ok(await fetch(`${base}/manifests/${version}`, { method: 'PUT', headers: content, body: new Uint8Array(body) }));
  }
}

async function ok(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response;
}

async function answering(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the registry ended with ${child.exitCode}`);
    const up = await fetch(`${origin}/v2/`).catch(() => undefined);
    if (up) return;
    await delay(50);
  }
  throw new Error('the registry did not come up');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
