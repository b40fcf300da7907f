import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BuiltBundle } from '../../build/bundles.ts';
import { ALARM_KINDS } from '../../infra/constructs/alarm-rules.ts';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import type { FunctionDefinition } from '../../infra/functions/definition.ts';
import type { Job, RunOptions } from '../../lib/platform/job.ts';
import type { LambdaHandler } from '../../lib/platform/lambda-handler.ts';
import type { Report } from '../../lib/platform/report.ts';
import { synthesise, wholeFile } from '../infra/stage.ts';
import { ProjectCopy } from '../support/project-copy.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/adding-a-function.md'), 'utf8');
const [code = '', line = '', definition = ''] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
const file = 'functions/expired-namespaces/handler.ts';
const definitionFile = 'infra/functions/expired-namespaces.ts';

const day = 86_400_000;
const now = Date.now();
const expired = (ago: number): object => ({ 'nightshift/expires': new Date(now - ago).toISOString() });
const clusterNamespaces = [
  { metadata: { name: 'payments' } },
  { metadata: { name: 'preview-1', annotations: expired(3 * day) } },
  { metadata: { name: 'preview-2', annotations: expired(-day) } },
  { metadata: { name: 'preview-3', annotations: { 'nightshift/expires': 'next friday' } } },
  { metadata: { name: 'preview-4', annotations: expired(3_600_000) } },
];

let project: ProjectCopy;
let server: Server;
let requests: string[];
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  project = await ProjectCopy.make();
  await project.write(file, code);
  await project.write(definitionFile, definition);
  await project.edit('bin/functions.ts', (table) => table.replace(/^} as const/m, `${line}$&`));
  requests = [];
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ kind: 'NamespaceList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: clusterNamespaces }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await project.write('kubeconfig.json', kubeconfigFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  env = { KUBECONFIG: project.path('kubeconfig.json') };
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await project.remove();
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

async function imported<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(path).href)) as T;
}

describe('the code on the page', () => {
  it('is under 40 lines, the CLI’s among them', () => {
    const lines = `${code}\n${line}`.split('\n').filter((each) => each.trim() !== '');

    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(140);
  });

  it('is accepted by the compiler, strict as the project is', async () => {
    await project.edit('tsconfig.json', (config) =>
      JSON.stringify({ ...JSON.parse(config), include: [file, definitionFile, 'bin/functions.ts'] }),
    );

    const { stdout } = await promisify(execFile)(project.path('node_modules/.bin/tsc'), ['-p', project.folder]).catch(
      (failure: { stdout: string }) => failure,
    );

    expect(stdout).toBe('');
  });
});

describe('the definition on the page', () => {
  it('is few lines, and makes a function with all that surrounds one', async () => {
    const { expiredNamespaces } = await imported<{ expiredNamespaces: FunctionDefinition }>(project.path(definitionFile));
    const { template } = synthesise(wholeFile, [...FUNCTIONS, expiredNamespaces]);
    const named = (type: string): number =>
      Object.values(template.findResources(type)).filter((each) => JSON.stringify(each).includes('expired-namespaces')).length;

    expect(definition.split('\n').length).toBeLessThan(25);
    expect([named('AWS::Lambda::Function'), named('AWS::Scheduler::Schedule'), named('AWS::CloudWatch::Alarm')]).toEqual([
      1,
      1,
      ALARM_KINDS.length,
    ]);
    expect(named('AWS::EKS::AccessEntry')).toBe(1);
  });
});

describe('the job on the page', () => {
  let job: Job<unknown>;
  let options: RunOptions<unknown>;

  beforeAll(async () => {
    ({ job } = await imported<{ job: Job<unknown> }>(project.path(file)));
    options = { env, clock: { now: () => now, sleep: async () => {} } };
  });

  it('reports what has expired', async () => {
    const report = await job.run({}, options);

    expect(report).toMatchObject({ job: 'expired-namespaces', status: 'degraded', counts: { planned: 2, skipped: 1 }, remaining: 0 });
    expect(report.items).toEqual([
      { ref: 'preview-1', action: 'reported', reason: `expired ${new Date(now - 3 * day).toISOString()}` },
      { ref: 'preview-3', action: 'skipped', reason: "its date can't be read: next friday" },
      { ref: 'preview-4', action: 'reported', reason: `expired ${new Date(now - 3_600_000).toISOString()}` },
    ]);
    expect(report.runId).toMatch(/^\d{8}T\d{6}Z-[a-z0-9]{6}$/);
    expect(requests).toEqual(['GET /api/v1/namespaces']);
  });

  it('refuses the event that the page calls refused, with both problems', async () => {
    const error = await job.run({ graceHours: 'soon', graceDays: 1 }, options).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'bad_input' });
    expect(String(error)).toMatch(/event\.graceHours.*event\.graceDays: unknown field/);
  });
});

describe('the bundle of the function on the page', () => {
  let handler: LambdaHandler;

  beforeAll(async () => {
    const { buildFunction, functionNames } = await imported<typeof import('../../build/bundles.ts')>(project.path('build/bundles.ts'));
    expect(await functionNames()).toContain('expired-namespaces');
    const bundle: BuiltBundle = await buildFunction('expired-namespaces');
    ({ handler } = await imported<{ handler: LambdaHandler }>(bundle.entry));
  });

  /** What the handler answers in this environment, and the lines that it logs. */
  async function invoked(event: unknown, variables: Readonly<Record<string, string | undefined>>) {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const report = await handler(event, { getRemainingTimeInMillis: () => 30_000, awsRequestId: 'r-1' }).finally(() => vi.unstubAllEnvs());
    const lines = output.mock.calls.map(([each]) => JSON.parse(String(each)) as Record<string, unknown>);
    output.mockRestore();
    return { report, lines };
  }

  it('answers Lambda with the report', async () => {
    const { report } = await invoked({ graceHours: 24 }, env);

    expect(report).toMatchObject({ status: 'degraded', summary: '1 namespaces have expired', counts: { planned: 1, skipped: 1 } });
  });

  it('answers a configuration that cannot work, and logs it', async () => {
    const { report, lines } = await invoked(undefined, { KUBECONFIG: undefined });

    expect(report).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    expect(lines).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'run failed', report }),
      expect.objectContaining({ job: 'expired-namespaces', Failed: 1 }),
    ]);
    expect(report.summary).toContain('KUBECONFIG is not set (set it to the path of a kubeconfig)');
  });
});

describe('the command of the function on the page', () => {
  async function nightshift(argv: readonly string[], { stdin = '', variables = {} }: { stdin?: string; variables?: object } = {}) {
    const child = spawn(process.execPath, [project.path('bin/nightshift.ts'), 'invoke', 'expired-namespaces', ...argv], {
      env: { PATH: process.env.PATH, ...variables },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.end(stdin);
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((done) => child.once('close', done)),
    ]);
    return { stdout, stderr, exitCode };
  }

  it('runs it with an event, in the environment that Lambda would give it', async () => {
    const { stdout, exitCode } = await nightshift(['--event', '-', '-o', 'json'], { stdin: '{"graceHours":24}', variables: env });

    expect(JSON.parse(stdout) as Report).toMatchObject({ job: 'expired-namespaces', counts: { planned: 1, skipped: 1 } });
    expect(exitCode).toBe(0);
  });

  it('runs it dry, on a kubeconfig that is named, and shows what it found', async () => {
    const { stdout, stderr, exitCode } = await nightshift(['--dry-run', '--kubeconfig', env.KUBECONFIG ?? '']);

    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/preview-1 .*expired/);
    expect(stdout).toContain('2 namespaces have expired');
  });

  it('refuses a flag that would mean nothing to it', async () => {
    const { stderr, exitCode } = await nightshift(['--state-dir', '/tmp'], { variables: env });

    expect(stderr).toMatch(/--state-dir means nothing to expired-namespaces[\s\S]*hint: configure it by its environment variables/);
    expect(exitCode).toBe(2);
  });
});
