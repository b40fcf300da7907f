import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InterruptedError } from '../../../bin/errors.ts';
import { refusal, secondaryLimit } from '../../../sandbox/github/answers.ts';
import { type GithubSandbox, type GithubSandboxOptions, startGithubSandbox } from '../../../sandbox/github/server.ts';
import type { SandboxWorkflow } from '../../../sandbox/github/workflows.ts';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';
import { spawnCli } from './spawn-cli.ts';
import { folderWith } from './temp-folder.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const REPOSITORY = 'octo-org/shop';
const OLD = { version: 'ghes-3.20' } as const;

/** GitHub on which a second passes with every request. */
async function github(workflow: SandboxWorkflow = {}, options: Partial<GithubSandboxOptions> = {}): Promise<GithubSandbox> {
  let seen = (): number => 0;
  const clock = { now: () => Date.parse('2026-03-30T12:00:00Z') + seen() * 1_000 };
  const inputs = { version: {}, api_token: { options: ['right'] }, distinct_id: {} };
  const deploy = { inputs, runName: 'Deploy $'.concat('{{ inputs.distinct_id }}'), ...workflow };
  const sandbox = await startGithubSandbox({ repositories: { [REPOSITORY]: { workflows: { 'deploy.yml': deploy } } }, clock, ...options });
  seen = () => sandbox.requests.length;
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function run(sandbox: GithubSandbox, args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runCli(['trigger', 'github', ...args], {
    ...options,
    env: { GITHUB_API_URL: sandbox.url, GH_TOKEN: sandbox.token, ...options.env },
  });
}

function dispatch(sandbox: GithubSandbox, args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> {
  return run(sandbox, [REPOSITORY, 'deploy.yml', '--ref', 'main', ...args], options);
}

describe('nightshift trigger github', () => {
  it('starts a run and prints which it is', async () => {
    const sandbox = await github();

    const text = await dispatch(sandbox, ['--input', 'version=1.4.2']);
    const json = await dispatch(sandbox, ['-o', 'json']);

    const [first, second] = sandbox.byHand(REPOSITORY).actions.runs;
    expect(text).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/^dispatched deploy\.yml of octo-org\/shop\nhttp.+\/actions\/runs\/\d+\n$/),
    });
    expect(first?.inputs).toEqual({ version: '1.4.2' });
    expect(json.json()).toMatchObject({
      service: 'github',
      repository: REPOSITORY,
      workflow: 'deploy.yml',
      handle: { target: { by: 'run', run: second?.id } },
    });
  });

  it('fails, and says what to do, when GitHub does not say which run it was asked to tell of', async () => {
    const sandbox = await github();
    sandbox.faults.add({ method: 'POST', answer: { status: 204 } });

    const result = await dispatch(sandbox, ['--wait', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({
      error: { code: 'github_uncertain', message: 'deploy.yml was dispatched, and GitHub did not say which run it started' },
    });
  });

  it('waits for the end and tells of each step once, on standard error', async () => {
    const sandbox = await github({
      phases: [
        { status: 'queued', forMs: 3_000 },
        { status: 'in_progress', forMs: 3_000 },
      ],
    });

    const result = await dispatch(sandbox, ['--wait', '-o', 'json']);

    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({ phase: 'done', outcome: 'success', conclusion: 'success' });
    expect(result.stderr).toMatch(/^queued http\S+\nin_progress http\S+\n$/);
  });

  it('waits on an older server for the run that shows the id', async () => {
    const sandbox = await github({ appearsAfterMs: 4_000 }, OLD);
    sandbox.byHand(REPOSITORY).actions.start({ workflow: 'deploy.yml', event: 'workflow_dispatch', branch: 'main', inputs: {} });

    const result = await dispatch(sandbox, ['--wait', '-o', 'json']);

    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('looking for the run that shows its id') });
    expect(result.json()).toMatchObject({ outcome: 'success', run: sandbox.byHand(REPOSITORY).actions.runs[1]?.id });
  });

  it('says when such a server cannot tell the run from others, and starts nothing', async () => {
    const sandbox = await github({ inputs: { version: {} } }, OLD);

    const waiting = await dispatch(sandbox, ['--wait', '-o', 'json']);
    const leaving = await dispatch(sandbox);

    expect(waiting.exitCode).toBe(2);
    expect(waiting.json()).toMatchObject({
      error: { message: expect.stringContaining('has no input "distinct_id"'), hint: expect.stringContaining('--correlation-input') },
    });
    expect(leaving).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('does not say which run it is') });
    expect(sandbox.byHand(REPOSITORY).actions.runs).toHaveLength(1);
  });

  it.each([
    ['failure', 'failed'],
    ['cancelled', 'aborted'],
    ['timed_out', 'timed_out'],
    ['skipped', 'skipped'],
    ['action_required', 'failed'],
  ] as const)('ends with exit code 1 for %s', async (conclusion, outcome) => {
    const result = await dispatch(await github({ conclusion }), ['--wait', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ conclusion, outcome });
  });

  it('ends with exit code 1 when the time is up, and says what the run waits for', async () => {
    const result = await dispatch(await github({ phases: [{ status: 'waiting', forMs: FOREVER }] }), ['--wait', '--timeout', '1500ms']);

    expect(result).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('not over when the time was up: it is waiting (an environment wants an approval'),
    });
  });

  it('waits out a rate limit, and gives up at once when it is too long', async () => {
    const sandbox = await github();
    sandbox.faults.add({ method: 'POST', answer: secondaryLimit(5) });
    expect((await dispatch(sandbox)).exitCode).toBe(0);
    sandbox.faults.add({ method: 'POST', answer: secondaryLimit(7_200) });

    const result = await dispatch(sandbox, ['--timeout', '10m', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ error: { code: 'github_rate_limited', message: expect.stringContaining('7200 s of rest') } });
  });

  it('sends an event with its payload', async () => {
    const sandbox = await github();

    const result = await run(sandbox, [REPOSITORY, '--event', 'released', '--payload', '{"version":"1.4.2"}', '-o', 'json']);

    expect(result.json()).toEqual({ service: 'github', repository: REPOSITORY, event: 'released', phase: 'sent' });
    expect(sandbox.byHand(REPOSITORY).events).toEqual([{ type: 'released', payload: { version: '1.4.2' } }]);
  });

  it('writes the summary of the step, for runs and events', async () => {
    const file = join(await folderWith(), 'summary.md');
    const sandbox = await github({ conclusion: 'failure' });

    await dispatch(sandbox, ['--wait', '--summary'], { env: { GITHUB_STEP_SUMMARY: file } });
    await run(sandbox, [REPOSITORY, '--event', 'released', '--summary'], { env: { GITHUB_STEP_SUMMARY: file } });
    const outside = await dispatch(sandbox, ['--summary']);

    expect(await readFile(file, 'utf8')).toMatch(
      /^\*\*\[deploy\.yml of octo-org\/shop\]\(http\S+\)\*\*: failed\n\n\*\*released to octo-org\/shop\*\*: sent\n$/,
    );
    expect(outside.stderr).toContain('warning: no summary was written');
  });

  it.each([
    ['a ref that is not there', [REPOSITORY, 'deploy.yml', '--ref', 'gone'], 2, 'bad_input'],
    ['an input that is not declared', [REPOSITORY, 'deploy.yml', '--ref', 'main', '--input', 'x=1'], 2, 'bad_input'],
    ['a workflow that is not there', [REPOSITORY, 'gone.yml', '--ref', 'main'], 1, 'github_not_found'],
  ])('ends with an error as one document for %s', async (_, args, exitCode, code) => {
    const result = await run(await github(), [...args, '-o', 'json']);

    expect(result.exitCode).toBe(exitCode);
    expect(result.json()).toEqual({ error: { code, message: expect.any(String), hint: expect.any(String) } });
  });

  it.each([
    [[REPOSITORY], {}, 'no workflow is named'],
    [[REPOSITORY, 'deploy.yml'], {}, 'no ref is given'],
    [[REPOSITORY, 'deploy.yml', '--ref', 'main', '--payload', '{}'], {}, '--payload is for --event'],
    [[REPOSITORY, 'deploy.yml', '--event', 'x'], {}, 'an event has no workflow'],
    [[REPOSITORY, '--event', 'x', '--wait'], {}, 'an event cannot be waited for'],
    [[REPOSITORY, '--event', 'x', '--payload', '["planted"]'], {}, '--payload is no JSON object'],
    [[REPOSITORY, '--event', 'x', '--payload', '{planted'], {}, '--payload is no JSON object'],
    [['shop', 'deploy.yml', '--ref', 'main'], {}, 'cannot be a repository'],
    [[REPOSITORY, 'deploy.yml', '--ref', 'main'], { GH_TOKEN: '' }, 'there is no token: GH_TOKEN and GITHUB_TOKEN are not set'],
    [[REPOSITORY, 'deploy.yml', '--ref', 'main', '--base-url', 'http://ghe.example.com/api/v3'], {}, 'the token would travel in clear'],
  ])('is bad usage: %j %j', async (args, env, message) => {
    const sandbox = await github();

    const result = await run(sandbox, args, { env });

    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toContain('planted');
    expect(sandbox.requests).toEqual([]);
  });

  it.each<readonly [what: string, args: readonly string[], message: string]>([
    [
      'a long type',
      ['--event', 'x'.repeat(101)],
      'its type has 101 characters, and GitHub takes 1 to 100\nhint: give the type that workflows',
    ],
    [
      'many properties',
      ['--event', 'x', '--payload', JSON.stringify({ ...Array(11).fill(1) })],
      'its payload has 11 properties, and GitHub takes 10\nhint: put more into fewer',
    ],
    [
      'a large payload',
      ['--event', 'x', '--payload', JSON.stringify({ p: 'x'.repeat(65_536) })],
      'bytes, and GitHub takes less than 65536\nhint: put what is large into a file',
    ],
  ])('sends no event with %s, and says what to do', async (_what, args, message) => {
    const sandbox = await github();

    const result = await run(sandbox, [REPOSITORY, ...args]);

    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('Ctrl-C while a run is waited for', () => {
  async function interrupted(args: readonly string[]): Promise<{ readonly result: CliResult; readonly sandbox: GithubSandbox }> {
    const sandbox = await github({ phases: [{ status: 'in_progress', forMs: FOREVER }] });
    const stop = new AbortController();
    const result = dispatch(sandbox, ['--wait', ...args], { signal: stop.signal });
    await expect.poll(() => sandbox.requests.length).toBeGreaterThan(2);
    stop.abort(new InterruptedError('the command was interrupted'));
    return { result: await result, sandbox };
  }

  it('ends the wait and leaves the run alone', async () => {
    const { result, sandbox } = await interrupted([]);

    expect(result).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/the wait was interrupted: run \d+ of deploy\.yml goes on/),
    });
    expect(sandbox.byHand(REPOSITORY).actions.runs[0]?.cancelledAt).toBeUndefined();
  });

  it('stops the run on request', async () => {
    const { result, sandbox } = await interrupted(['--cancel-on-interrupt']);

    expect(result.stderr).toContain('was told to stop');
    expect(sandbox.byHand(REPOSITORY).actions.runs[0]?.cancelledAt).toBeDefined();
  });

  it('is heard by the real process', async () => {
    const sandbox = await github({ phases: [{ status: 'in_progress', forMs: FOREVER }] });
    const args = ['trigger', 'github', REPOSITORY, 'deploy.yml', '--ref', 'main', '--wait', '-o', 'json', '--base-url', sandbox.url];
    const cli = spawnCli(args, { GITHUB_TOKEN: sandbox.token });
    await expect.poll(() => sandbox.requests.length, { timeout: 15_000 }).toBeGreaterThan(1);
    cli.process.kill('SIGINT');

    expect(await cli.exitCode).toBe(1);
    expect(JSON.parse(await cli.stdout)).toMatchObject({ error: { code: 'interrupted', message: expect.stringContaining('goes on') } });
  });
});

describe('secrets given to trigger github', () => {
  const planted = { token: `ghp_${'f'.repeat(36)}`, input: 'planted-input', hidden: 'planted-from-env' };

  it.each<[string, Partial<GithubSandboxOptions>, ((sandbox: GithubSandbox) => void)?]>([
    ['a refused input that GitHub quotes', {}],
    [
      'a refusal that quotes everything',
      {},
      ({ faults }) => faults.add({ times: 99, answer: refusal(422, Object.values(planted).join(' ')) }),
    ],
    ['a wrong token', { token: 'another' }],
    ['a lost answer', {}, ({ faults }) => faults.add({ times: 99, drop: 'after' })],
    ['an old server', OLD],
  ])('do not come back in what is printed about %s', async (_, options, fault) => {
    const sandbox = await github({}, { token: planted.token, ...options });
    fault?.(sandbox);
    const args = ['--input', `api_token=${planted.input}`, '--input-env', 'version=HIDDEN', '--wait', '--verbose', '--timeout', '400ms'];

    const results = [];
    for (const more of [[], ['-o', 'json']])
      results.push(await dispatch(sandbox, [...args, ...more], { env: { GH_TOKEN: planted.token, HIDDEN: planted.hidden } }));
    const printed = results.map(({ stdout, stderr }) => stdout + stderr).join('\n');

    expect(printed).toMatch(/error/);
    for (const secret of Object.values(planted)) expect(printed).not.toContain(secret);
    expect(sandbox.requests.map(({ path, query }) => `${path}?${query}`).join('\n')).not.toContain('planted');
  });
});
