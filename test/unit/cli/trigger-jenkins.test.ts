import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InterruptedError } from '../../../bin/errors.ts';
import { startAwsSandbox } from '../../../sandbox/aws/server.ts';
import type { SandboxJob } from '../../../sandbox/jenkins/jobs.ts';
import { type JenkinsSandbox, type JenkinsSandboxOptions, startJenkinsSandbox } from '../../../sandbox/jenkins/server.ts';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';
import { spawnCli } from './spawn-cli.ts';
import { folderWith } from './temp-folder.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const parameters: NonNullable<SandboxJob['parameters']> = [
  { name: 'VERSION' },
  { name: 'DB_PASSWORD' },
  { name: 'DATA', type: 'file' },
  { name: 'ID' },
];

/** A controller on which a second passes with every request. */
async function jenkins(job: SandboxJob = {}, options: Partial<JenkinsSandboxOptions> = {}): Promise<JenkinsSandbox> {
  let seen = (): number => 0;
  const clock = { now: () => Date.parse('2026-03-30T12:00:00Z') + seen() * 1_000 };
  const sandbox = await startJenkinsSandbox({ jobs: { 'shop/deploy': { parameters, ...job } }, clock, ...options });
  seen = () => sandbox.requests.length;
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function envOf({ url, user }: JenkinsSandbox): Readonly<Record<string, string>> {
  return { JENKINS_URL: url, JENKINS_USER_ID: user.name, JENKINS_API_TOKEN: user.token };
}

function trigger(sandbox: JenkinsSandbox, args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> {
  return runCli(['trigger', 'jenkins', 'shop/deploy', ...args], { ...options, env: { ...envOf(sandbox), ...options.env } });
}

describe('nightshift trigger jenkins', () => {
  it('starts a build and prints a handle', async () => {
    const sandbox = await jenkins();

    const text = await trigger(sandbox, ['--param', 'VERSION=1.4.2=x']);
    const json = await trigger(sandbox, ['-o', 'json']);

    expect(text).toMatchObject({ exitCode: 0, stdout: 'triggered shop/deploy: queue item 123\n', stderr: 'queued as item 123\n' });
    expect(json.json()).toEqual({
      service: 'jenkins',
      job: 'shop/deploy',
      handle: { v: 1, service: 'jenkins', server: sandbox.url, job: 'shop/deploy', queueId: 124 },
      merged: false,
      phase: 'queued',
    });
    expect(sandbox.byHand.builds('shop/deploy').at(-1)?.item.parameters).toEqual({ VERSION: '1.4.2=x' });
  });

  it('waits for the end and tells of each step once, on standard error', async () => {
    const sandbox = await jenkins({ queueMs: 3_000, durationMs: 3_000, why: 'Waiting for next available executor' });

    const result = await trigger(sandbox, ['--param', 'VERSION=1', '--wait', '-o', 'json']);

    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({
      phase: 'done',
      outcome: 'success',
      result: 'SUCCESS',
      build: 1,
      url: expect.stringContaining('/job/shop/job/deploy/1/'),
    });
    expect(result.stderr).toBe(
      `queued as item 123\nwaiting in the queue: Waiting for next available executor\nbuilding #1: ${sandbox.url}/job/shop/job/deploy/1/\n`,
    );
  });

  it.each([
    ['FAILURE', 'failed', 1, []],
    ['ABORTED', 'aborted', 1, []],
    ['NOT_BUILT', 'skipped', 1, []],
    ['UNSTABLE', 'unstable', 1, []],
    ['UNSTABLE', 'unstable', 0, ['--unstable-ok']],
  ] as const)('ends with %s as %s: exit code %d %j', async (result, outcome, exitCode, flags) => {
    const sandbox = await jenkins({ result });

    const answer = await trigger(sandbox, ['--wait', '-o', 'json', ...flags]);

    expect(answer.exitCode).toBe(exitCode);
    expect(answer.json()).toMatchObject({ outcome, result, consoleTail: ['Started by user night', `Finished: ${result}`] });
  });

  it('shows the end of the console of a build that failed', async () => {
    const sandbox = await jenkins({ result: 'FAILURE', console: ['compiling\n', 'error: no such symbol\n'] });

    expect((await trigger(sandbox, ['--wait'])).stdout).toMatch(
      /^shop\/deploy #1: FAILURE after 0 s\nhttp.*\n {2}\| compiling\n {2}\| error: no such symbol\n$/,
    );
  });

  it('shows the console as it comes on request', async () => {
    const sandbox = await jenkins({ durationMs: 8_000, console: ['one\n', 'two\n', 'three\n'] });

    const result = await trigger(sandbox, ['--wait', '--console']);

    expect(result.exitCode).toBe(0);
    expect(result.stderr.split('\n').filter((line) => line.startsWith('| '))).toEqual(['| one', '| two', '| three']);
    expect(result.stdout).not.toContain('three');
  });

  it('ends with exit code 1 when the time is up, and says where the build is', async () => {
    const running = await jenkins({ durationMs: FOREVER });
    const queued = await jenkins({ queueMs: FOREVER, why: 'There are no nodes with the label arm', stuck: true });

    const [first, second] = await Promise.all([
      trigger(running, ['--wait', '--timeout', '1500ms', '-o', 'json']),
      trigger(queued, ['--wait', '--timeout', '1500ms']),
    ]);

    expect(first.exitCode).toBe(1);
    expect(first.json()).toMatchObject({
      outcome: 'timed_out',
      phase: 'running',
      reason: expect.stringContaining('it goes on'),
      handle: { build: 1 },
    });
    expect(second).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('still waits in the queue (There are no nodes with the label arm)'),
    });
    expect(second.stderr).toContain('stuck in the queue');
  });

  it('ends with exit code 1 when the item is cancelled', async () => {
    const sandbox = await jenkins({ queueMs: FOREVER });
    const result = trigger(sandbox, ['--wait', '-o', 'json']);
    await expect.poll(() => sandbox.byHand.cancel(123)).toBe(true);

    expect((await result).exitCode).toBe(1);
    expect((await result).json()).toMatchObject({ outcome: 'cancelled_in_queue' });
  });

  it('says when it joined an item that waited already', async () => {
    const sandbox = await jenkins({ queueMs: FOREVER });
    await trigger(sandbox, ['--param', 'VERSION=1']);

    const result = await trigger(sandbox, ['--param', 'VERSION=1', '-o', 'json']);

    expect(result.json()).toMatchObject({ merged: true, handle: { queueId: 123 } });
    expect(result.stderr).toBe('joined queue item 123, which waits with the same parameters\n');
  });

  it('sends files, and parameters from the environment', async () => {
    const sandbox = await jenkins();
    const file = join(await folderWith(), 'orders.csv');
    await writeFile(file, 'a;b\n');

    await trigger(sandbox, ['--file', `DATA=${file}`, '--param-env', 'DB_PASSWORD=PGPASSWORD'], { env: { PGPASSWORD: 'planted-pw' } });

    const [build] = sandbox.byHand.builds('shop/deploy');
    expect(build?.item.parameters).toEqual({ DB_PASSWORD: 'planted-pw' });
    expect(build?.item.files.DATA?.toString()).toBe('a;b\n');
  });

  it('warns of a parameter that the job does not declare', async () => {
    const result = await trigger(await jenkins(), ['--param', 'VERISON=1']);

    expect(result).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('warning: shop/deploy declares no parameter VERISON: Jenkins leaves it out'),
    });
  });

  it('finds its build by a unique id when the answer gets lost', async () => {
    const sandbox = await jenkins();
    sandbox.faults.add({ method: 'POST', drop: 'after' });

    const result = await trigger(sandbox, ['--correlation-param', 'ID', '--wait', '-o', 'json']);

    expect(result.json()).toMatchObject({ outcome: 'success', build: 1 });
    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(1);
  });

  it('writes the summary of the step', async () => {
    const file = join(await folderWith(), 'summary.md');
    const sandbox = await jenkins({ result: 'FAILURE' });

    await trigger(sandbox, ['--wait', '--summary'], { env: { GITHUB_STEP_SUMMARY: file } });

    expect(await readFile(file, 'utf8')).toBe(`**[Jenkins shop/deploy](${sandbox.url}/job/shop/job/deploy/1/)**: failed\n`);
  });

  it.each([
    ['an unknown job', { permission: 'none' as const }, 1, 'jenkins_not_found'],
    ['a missing permission', { permission: 'read' as const }, 1, 'jenkins_forbidden'],
    ['a disabled job', { buildable: false }, 1, 'jenkins_conflict'],
  ])('ends with an error as one document for %s', async (_, job, exitCode, code) => {
    const result = await trigger(await jenkins(job), ['-o', 'json']);

    expect(result.exitCode).toBe(exitCode);
    expect(result.json()).toEqual({ error: { code, message: expect.any(String), hint: expect.any(String) } });
  });

  it('takes parameters for a job without any as bad input', async () => {
    const sandbox = await jenkins({}, { jobs: { nightly: {} } });

    const result = await runCli(['trigger', 'jenkins', 'nightly', '--param', 'A=1', '-o', 'json'], { env: envOf(sandbox) });

    expect(result.exitCode).toBe(2);
    expect(result.json()).toMatchObject({ error: { code: 'bad_input', message: expect.stringContaining('takes no parameters') } });
  });

  it.each([
    [{ JENKINS_URL: '' }, [], 'there is no URL of Jenkins', '--url'],
    [{ JENKINS_USER_ID: '' }, [], 'there is no user for Jenkins', '--user'],
    [{ JENKINS_API_TOKEN: '' }, [], 'there is no token: JENKINS_API_TOKEN is not set', '--token-parameter'],
    [{}, ['--token-env', 'OTHER'], 'OTHER is not set', '--token-env'],
    [{}, ['--param-env', 'DB_PASSWORD=GONE'], 'the environment variable GONE is not set', ''],
    [{}, ['--param', 'A=1', '--param-env', 'A=JENKINS_URL'], 'A is given twice', ''],
    [{}, ['--param', 'A=1', '--param', 'A=2'], 'A is given twice', ''],
    [{}, ['--param', 'VERSION'], 'NAME=VALUE', ''],
    [{}, ['--file', 'DATA=/nowhere/x'], 'cannot be read', 'check the path'],
    [{}, ['--url', 'https://night:planted@ci.example.com'], 'holds a user or a password', 'leave them out'],
    [{}, ['--url', 'ci.example.com'], 'not an http or https URL', 'https://jenkins.example.com'],
    [{}, ['--token-env', 'A', '--token-parameter', '/b'], 'cannot be used with', ''],
  ])('is bad usage with %j %j', async (env, args, message, hint) => {
    const sandbox = await jenkins();

    const result = await trigger(sandbox, args, { env });

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain(hint);
    expect(result.stderr).not.toContain('planted');
    expect(sandbox.requests).toEqual([]);
  });

  it('warns of a token that travels in clear', async () => {
    const result = await trigger(await jenkins(), ['--url', 'http://ci.invalid', '--timeout', '1s']);

    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('warning: the URL is not https') });
    expect(result.stderr).toContain('its name does not resolve');
  });
});

describe('the token of trigger jenkins', () => {
  it('comes from a parameter of SSM', async () => {
    const sandbox = await jenkins();
    const aws = await startAwsSandbox({ parameters: { '/ci/jenkins': { value: sandbox.user.token, type: 'SecureString' } } });
    onTestFinished(() => aws.close());
    const { JENKINS_API_TOKEN: _, ...env } = envOf(sandbox);

    const cli = spawnCli(['trigger', 'jenkins', 'shop/deploy', '--token-parameter', '/ci/jenkins'], { ...aws.env(), ...env });
    const gone = spawnCli(['trigger', 'jenkins', 'shop/deploy', '--token-parameter', '/gone', '-o', 'json'], { ...aws.env(), ...env });

    expect(await cli.stdout).toBe('triggered shop/deploy: queue item 123\n');
    expect(JSON.parse(await gone.stdout)).toMatchObject({ error: { code: 'parameter', message: expect.stringContaining('/gone') } });
    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(1);
  });
});

describe('Ctrl-C while a Jenkins build is waited for', () => {
  async function interrupted(args: readonly string[]): Promise<{ readonly result: CliResult; readonly sandbox: JenkinsSandbox }> {
    const sandbox = await jenkins({ durationMs: FOREVER });
    const stop = new AbortController();
    const result = trigger(sandbox, ['--wait', ...args], { signal: stop.signal });
    await expect.poll(() => sandbox.requests.filter(({ path }) => path.includes('/1/api/json')).length).toBeGreaterThan(1);
    stop.abort(new InterruptedError('the command was interrupted'));
    return { result: await result, sandbox };
  }

  it('ends the wait and leaves the build alone', async () => {
    const { result, sandbox } = await interrupted([]);

    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toContain('the wait was interrupted: shop/deploy #1 goes on');
    expect(sandbox.byHand.builds('shop/deploy')[0]?.endsAt).toBe(FOREVER);
  });

  it('stops the build on request', async () => {
    const { result, sandbox } = await interrupted(['--cancel-on-interrupt']);

    expect(result.stderr).toContain('the wait was interrupted: shop/deploy #1 was told to stop');
    expect(sandbox.byHand.builds('shop/deploy')[0]?.result).toBe('ABORTED');
  });

  it('says when the build could not be stopped', async () => {
    const sandbox = await jenkins({ durationMs: FOREVER });
    sandbox.faults.add({ path: /\/stop$/, answer: { status: 403 } });
    const stop = new AbortController();
    const result = trigger(sandbox, ['--wait', '--cancel-on-interrupt'], { signal: stop.signal });
    await expect.poll(() => sandbox.requests.some(({ path }) => path.includes('/1/api/json'))).toBe(true);
    stop.abort(new InterruptedError('the command was interrupted'));

    expect((await result).stderr).toContain('could not be stopped: Jenkins did not stop build 1 of shop/deploy');
  });

  it('is heard by the real process', async () => {
    const sandbox = await jenkins({ durationMs: FOREVER });
    const cli = spawnCli(['trigger', 'jenkins', 'shop/deploy', '--wait', '-o', 'json'], envOf(sandbox));
    await expect.poll(() => sandbox.requests.some(({ path }) => path.includes('/1/api/json')), { timeout: 15_000 }).toBe(true);
    cli.process.kill('SIGINT');

    expect(await cli.exitCode).toBe(1);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ error: { code: 'interrupted', message: expect.stringContaining('goes on') } });
  });
});

describe('secrets given to trigger jenkins', () => {
  const planted = {
    token: `11${'f'.repeat(32)}`,
    password: 'planted-db-pass',
    hidden: 'planted-from-env',
    line: 'planted-line-of-the-file',
  };
  const users = [{ name: 'night', token: planted.token }];

  async function everything(job: SandboxJob, fault: (sandbox: JenkinsSandbox) => void = () => {}): Promise<string> {
    const console = [`using ${planted.password} and ${planted.hidden}\n`, `read ${planted.line}\n`, `token ${planted.token}\n`];
    const sandbox = await jenkins({ console, ...job }, { users });
    fault(sandbox);
    const file = join(await folderWith(), 'data.txt');
    await writeFile(file, `${planted.line}\nshort\n`);
    const args = ['--param', `DB_PASSWORD=${planted.password}`, '--param-env', 'VERSION=HIDDEN', '--file', `DATA=${file}`];
    const run = (more: readonly string[]): Promise<CliResult> =>
      trigger(sandbox, [...args, '--timeout', '400ms', ...more], { env: { HIDDEN: planted.hidden } });
    const results = [await run(['--wait', '--console', '--verbose']), await run(['--wait', '-o', 'json']), await run(['-o', 'yaml'])];
    const sent = sandbox.requests.filter(({ method }) => method === 'POST');
    expect(sent.length).toBeGreaterThan(0);
    expect(sandbox.requests.map(({ path, query }) => `${path}?${query}`).join('\n')).not.toContain('planted');
    return results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  }

  it.each<[string, SandboxJob, ((sandbox: JenkinsSandbox) => void)?]>([
    ['a success with its console', {}],
    ['a failure with the end of its console', { result: 'FAILURE' }],
    ['a wait without an end', { durationMs: FOREVER }],
    ['a missing permission', { permission: 'read' }],
    ['a job that is not there', { permission: 'none' }],
    [
      'an error page that quotes everything',
      {},
      ({ faults }) => faults.add({ times: 99, answer: { status: 400, body: Object.values(planted).join(' ') } }),
    ],
    ['a queue that quotes everything', { queueMs: FOREVER, why: `waits for ${planted.password} ${planted.hidden} ${planted.token}` }],
    ['a lost answer', {}, ({ faults }) => faults.add({ method: 'POST', times: 99, drop: 'after' })],
  ])('do not come back in what is printed about %s', async (_, job, fault) => {
    const printed = await everything(job, fault);

    expect(printed.length).toBeGreaterThan(50);
    for (const secret of Object.values(planted)) expect(printed).not.toContain(secret);
    expect(printed).not.toContain(Buffer.from(`night:${planted.token}`).toString('base64'));
  });
});
