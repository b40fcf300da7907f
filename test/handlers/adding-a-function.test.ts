import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job, RunOptions } from '../../lib/platform/job.ts';
import type { LambdaHandler } from '../../lib/platform/lambda-handler.ts';
import { silentLog } from '../../lib/platform/log.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/adding-a-function.md'), 'utf8');
const code = /^```ts\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

const day = 86_400_000;
const now = Date.parse('2026-03-30T23:00:00Z');
const clusterNamespaces = [
  { metadata: { name: 'payments' } },
  { metadata: { name: 'preview-1', annotations: { 'nightshift/expires': new Date(now - 3 * day).toISOString() } } },
  { metadata: { name: 'preview-2', annotations: { 'nightshift/expires': new Date(now + day).toISOString() } } },
  { metadata: { name: 'preview-3', annotations: { 'nightshift/expires': 'next friday' } } },
  { metadata: { name: 'preview-4', annotations: { 'nightshift/expires': new Date(now - 3_600_000).toISOString() } } },
];

let folder: string;
let server: Server;
let requests: string[];
let job: Job<unknown>;
let options: RunOptions<unknown>;

beforeAll(async () => {
  // Two folders below the root, like functions/<job>, so that the page's imports hold as they are written.
  folder = mkdtempSync(join(root, 'node_modules/.adding-a-function-'));
  writeFileSync(join(folder, 'handler.ts'), code);
  requests = [];
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ kind: 'NamespaceList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: clusterNamespaces }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kubeconfig = join(folder, 'kubeconfig.json');
  writeFileSync(kubeconfig, kubeconfigFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const env = { KUBECONFIG: kubeconfig };
  options = { env, clock: { now: () => now, sleep: async () => {} } };
  ({ job } = (await import(pathToFileURL(join(folder, 'handler.ts')).href)) as { job: Job<unknown> });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function kubeconfigFor(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'dev',
    clusters: [{ name: 'dev', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'dev', user: { token: 'test-token' } }],
    contexts: [{ name: 'dev', context: { cluster: 'dev', user: 'dev' } }],
  });
}

describe('the function on the page', () => {
  it('is made in under 40 lines of code', () => {
    const lines = code.split('\n').filter((line) => line.trim() !== '');

    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
  });

  it('reports what has expired when it is run as a job', async () => {
    const report = await job.run({}, options);

    expect(report).toMatchObject({ job: 'expired-namespaces', status: 'degraded', counts: { planned: 2, skipped: 1 }, remaining: 0 });
    expect(report.items).toEqual([
      { ref: 'preview-1', action: 'reported', reason: 'expired 2026-03-27T23:00:00.000Z' },
      { ref: 'preview-3', action: 'skipped', reason: "its date can't be read: next friday" },
      { ref: 'preview-4', action: 'reported', reason: 'expired 2026-03-30T22:00:00.000Z' },
    ]);
    expect(report.runId).toMatch(/^20260330T230000Z-[a-z0-9]{6}$/);
    expect(requests).toEqual(['GET /api/v1/namespaces']);
  });

  it('takes its event from Lambda and answers with the same report', async () => {
    const { lambdaHandler } = await import('../../lib/platform/lambda-handler.ts');
    const handler: LambdaHandler = lambdaHandler(job, { ...options, log: silentLog, metrics: { add() {}, publish() {} } });

    const report = await handler({ graceHours: 24 }, { getRemainingTimeInMillis: () => 30_000, awsRequestId: 'r-1' });

    expect(report).toMatchObject({ status: 'degraded', summary: '1 namespaces have expired', counts: { planned: 1, skipped: 1 } });
  });

  it('exports a Lambda handler that answers a configuration that can not work', async () => {
    const { handler } = (await import(pathToFileURL(join(folder, 'handler.ts')).href)) as { handler: LambdaHandler };
    vi.stubEnv('KUBECONFIG', undefined);
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

    const report = await handler(undefined, { getRemainingTimeInMillis: () => 30_000 }).finally(() => vi.unstubAllEnvs());
    const lines = output.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
    output.mockRestore();

    expect(report).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    expect(lines).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'run failed', report }),
      expect.objectContaining({ job: 'expired-namespaces', Failed: 1 }),
    ]);
    expect(report.summary).toContain('KUBECONFIG is not set (set it to the path of a kubeconfig)');
  });

  it('refuses the event that the page calls refused, with both problems', async () => {
    const error = await job.run({ graceHours: 'soon', graceDays: 1 }, options).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'bad_input' });
    expect(String(error)).toMatch(/event\.graceHours.*event\.graceDays: unknown field/);
  });
});
