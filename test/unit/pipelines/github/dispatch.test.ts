import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { githubClient } from '../../../../lib/pipelines/github/client.ts';
import { dispatchEvent } from '../../../../lib/pipelines/github/dispatch-event.ts';
import { dispatchWorkflow } from '../../../../lib/pipelines/github/dispatch-workflow.ts';
import { Secret } from '../../../../lib/platform/secret.ts';
import { primaryLimit, refusal, secondaryLimit } from '../../../../sandbox/github/answers.ts';
import { failure } from '../../../support/failure.ts';
import { deploy, dispatch, githubWorld, REPOSITORY, START } from './world.ts';

const OLD = { version: 'ghes-3.20' } as const;

describe('dispatching a workflow', () => {
  it('returns the run that GitHub names, from one request', async () => {
    const { client, sandbox } = await githubWorld();

    const { handle, url } = await dispatchWorkflow(client, { ...dispatch, ref: 'v1.4.2' });

    const [run] = sandbox.byHand(REPOSITORY).actions.runs;
    expect(handle).toEqual({ v: 1, service: 'github', server: sandbox.url, repository: REPOSITORY, target: { by: 'run', run: run?.id } });
    expect(url).toContain(`/octo-org/shop/actions/runs/${run?.id}`);
    expect(run).toMatchObject({ branch: 'v1.4.2', inputs: { version: '1.4.2' } });
    expect(sandbox.requests).toHaveLength(1);
    expect(JSON.parse(sandbox.requests[0]!.body.toString())).toEqual({
      ref: 'v1.4.2',
      inputs: { version: '1.4.2' },
      return_run_details: true,
    });
  });

  it('asks an older server again without run details, with a unique id', async () => {
    const { client, sandbox, dispatches } = await githubWorld(OLD);

    const { handle } = await dispatchWorkflow(client, { ...dispatch, id: 'b0c1d2e3-unique' });

    expect(handle?.target).toEqual({ by: 'id', workflow: 'deploy.yml', id: 'b0c1d2e3-unique', since: '2026-03-30T11:59:00Z' });
    expect(dispatches()).toBe(2);
    expect(sandbox.byHand(REPOSITORY).actions.runs.map(({ inputs }) => inputs)).toEqual([
      { version: '1.4.2', distinct_id: 'b0c1d2e3-unique' },
    ]);
  });

  it('tells a request that is refused with and without run details', async () => {
    const { client, sandbox, dispatches } = await githubWorld();
    sandbox.faults.add({ method: 'POST', times: 9, answer: refusal(400, 'Problems parsing JSON') });

    expect(await failure(dispatchWorkflow(client, dispatch))).toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('refused the request (400)'),
    });
    expect(dispatches()).toBe(2);
  });

  it('starts nothing there when the workflow has no input for the id and the run is to be followed', async () => {
    const { client, sandbox } = await githubWorld({ ...OLD, workflow: { inputs: { version: {} } } });

    const error = await failure(dispatchWorkflow(client, dispatch));

    expect(error).toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('has no input "distinct_id"'),
      hint: expect.stringContaining('run-name: Deploy'),
    });
    expect(sandbox.byHand(REPOSITORY).actions.runs).toEqual([]);
  });

  it('starts it there without an id, and without a handle, when nobody follows', async () => {
    const { client, sandbox } = await githubWorld({ ...OLD, workflow: { inputs: { version: {} } } });

    expect(await dispatchWorkflow(client, { ...dispatch, follow: false })).toEqual({});
    expect(sandbox.byHand(REPOSITORY).actions.runs).toHaveLength(1);
  });

  it('takes the id from the input that the caller has filled in', async () => {
    const { client, dispatches } = await githubWorld(OLD);

    const { handle } = await dispatchWorkflow(client, { ...dispatch, inputs: { version: '1', distinct_id: 'release-4711' } });

    expect(handle?.target).toMatchObject({ by: 'id', id: 'release-4711' });
    expect(dispatches()).toBe(2);
  });

  it('uses another input for the id on request, from the first request on', async () => {
    const workflow = { inputs: { version: {}, trace: {} } };
    const { client, sandbox } = await githubWorld({ workflow });

    await dispatchWorkflow(client, { ...dispatch, correlationInput: 'trace', alwaysCorrelate: true, id: 'unique-12' });

    expect(sandbox.byHand(REPOSITORY).actions.runs[0]?.inputs).toEqual({ version: '1.4.2', trace: 'unique-12' });
  });

  it.each([
    ['a ref that is not there', { ref: 'gone' }, {}, 'bad_input', 'No ref found for: gone', 'push the branch'],
    [
      'an input that is not declared',
      { inputs: { version: '1', color: 'red' } },
      {},
      'bad_input',
      'Unexpected inputs provided: ["color"]',
      'inputs that the workflow declares',
    ],
    ['a missing input', { inputs: {} }, {}, 'bad_input', "Required input 'version' not provided", 'inputs that the workflow declares'],
    [
      'a workflow without the trigger',
      {},
      { dispatchable: false },
      'bad_input',
      "does not have 'workflow_dispatch' trigger",
      'add the workflow_dispatch trigger',
    ],
    [
      'a workflow that is not there',
      { workflow: 'gone.yml' },
      {},
      'github_not_found',
      'Not Found (404)',
      'a token without access sees 404 too',
    ],
    [
      'a repository that is not there',
      { repository: 'octo-org/gone' },
      {},
      'github_not_found',
      'Not Found (404)',
      'reaches its own repository only',
    ],
  ])('tells what to do about %s', async (_, request, workflow, code, message, hint) => {
    const { client, sandbox, dispatches } = await githubWorld({ workflow: { ...deploy, ...workflow } });

    expect(await failure(dispatchWorkflow(client, { ...dispatch, ...request }))).toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
    expect(dispatches()).toBe(1);
    expect(sandbox.byHand(REPOSITORY).actions.runs).toEqual([]);
  });

  it('does not repeat the value of a secret input that GitHub quotes', async () => {
    const { client } = await githubWorld({ workflow: { inputs: { api_token: { options: ['x'] } } } });

    const error = await failure(dispatchWorkflow(client, { ...dispatch, inputs: { api_token: 'planted-value' } }));

    expect(error.message).toContain("Provided value '[redacted]' for input 'api_token'");
    expect(inspect(error)).not.toContain('planted');
  });

  it.each([
    ['a path', 'octo-org/shop/x'],
    ['no owner', 'shop'],
    ['dots', 'octo-org/..'],
    ['a query', 'octo-org/shop?x'],
  ])('refuses %s as a repository', async (_, repository) => {
    const { client, sandbox } = await githubWorld();

    expect(await failure(dispatchWorkflow(client, { ...dispatch, repository }))).toMatchObject({ code: 'bad_input' });
    expect(sandbox.requests).toEqual([]);
  });

  it('refuses more inputs than GitHub takes', async () => {
    const { client, sandbox } = await githubWorld();
    const inputs = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, 'x']));

    expect((await failure(dispatchWorkflow(client, { ...dispatch, inputs }))).message).toContain(
      '26 inputs were given, and GitHub takes 25',
    );
    expect(sandbox.requests).toEqual([]);
  });
});

describe('a dispatch whose answer gets lost', () => {
  it.each([
    ['the connection is cut after the work', { drop: 'after' as const }],
    ['GitHub answers 502', { answer: refusal(502, 'Server Error') }],
    ['no answer comes', { hang: true }],
  ])('is not sent again when %s', async (_, fault) => {
    const { client, sandbox, dispatches } = await githubWorld({ timeoutMs: 300 });
    sandbox.faults.add({ method: 'POST', ...fault });

    expect(await failure(dispatchWorkflow(client, dispatch))).toMatchObject({
      code: 'github_uncertain',
      hint: expect.stringContaining('--correlation-input'),
    });
    expect(dispatches()).toBe(1);
  });

  it('is found by its id, whatever else runs', async () => {
    const { client, sandbox, dispatches } = await githubWorld();
    sandbox.faults.add({ method: 'POST', drop: 'after' });
    const { actions } = sandbox.byHand(REPOSITORY);

    const { handle } = await dispatchWorkflow(client, { ...dispatch, alwaysCorrelate: true, id: 'unique-12' });
    actions.start({ workflow: 'deploy.yml', event: 'workflow_dispatch', branch: 'main', inputs: { version: '9' } });

    expect(handle?.target).toEqual({ by: 'run', run: actions.runs[0]?.id });
    expect(dispatches()).toBe(1);
  });

  it('that never arrived is uncertain, although another run is there', async () => {
    const { client, sandbox } = await githubWorld();
    sandbox.byHand(REPOSITORY).actions.start({ workflow: 'deploy.yml', event: 'workflow_dispatch', branch: 'main', inputs: {} });
    sandbox.faults.add({ method: 'POST', drop: 'before' });

    expect(await failure(dispatchWorkflow(client, { ...dispatch, alwaysCorrelate: true }))).toMatchObject({
      code: 'github_uncertain',
      message: expect.stringContaining('no run shows the id'),
    });
  });
});

describe('the limits and permissions of a token', () => {
  it.each([
    ['a secondary limit with Retry-After', secondaryLimit(20), 20_000],
    ['a secondary limit with Retry-After, as 429', secondaryLimit(20, 429), 20_000],
    ['a secondary limit that names no time', secondaryLimit(), 60_000],
    ['the primary limit', primaryLimit(START + 90_000), 90_000],
    ['the primary limit, as 429', primaryLimit(START + 90_000, 429), 90_000],
  ])('wait out %s, and dispatch once', async (_, answer, waitMs) => {
    const { client, sandbox, clock } = await githubWorld();
    sandbox.faults.add({ method: 'POST', answer });

    await dispatchWorkflow(client, dispatch, { remainingMs: () => 600_000 });

    expect(clock.now() - START).toBe(waitMs);
    expect(sandbox.byHand(REPOSITORY).actions.runs).toHaveLength(1);
  });

  it('end at once with a limit that outlasts the deadline', async () => {
    const { client, sandbox, clock, dispatches } = await githubWorld();
    sandbox.faults.add({ method: 'POST', answer: primaryLimit(START + 3_600_000) });

    expect(await failure(dispatchWorkflow(client, dispatch, { remainingMs: () => 600_000 }))).toMatchObject({
      code: 'github_rate_limited',
      retryAfterMs: 3_600_000,
      message: expect.stringContaining('it wants 3600 s of rest'),
    });
    expect([clock.now(), dispatches()]).toEqual([START, 1]);
  });

  it('are told apart: a 403 about permissions is final, and names the permission', async () => {
    const readToken = `ghp_${'r'.repeat(36)}`;
    const { client, dispatches } = await githubWorld({ readToken, secret: readToken });

    expect(await failure(dispatchWorkflow(client, dispatch))).toMatchObject({
      code: 'github_forbidden',
      hint: 'give the token the permission actions=write',
    });
    expect(dispatches()).toBe(1);
  });

  it('tell a wrong token without showing it', async () => {
    const { client } = await githubWorld({ secret: 'planted-token' });

    const error = await failure(dispatchWorkflow(client, dispatch));

    expect(error).toMatchObject({ code: 'github_unauthorized', message: expect.stringContaining('Bad credentials (401)') });
    expect(inspect(error)).not.toContain('planted');
  });

  it.each(['http://ghe.example.com/api/v3', 'ftp://x', 'nonsense', 'https://user:planted@ghe.example.com'])(
    'refuse %s as an address',
    (url) => {
      expect(() => githubClient({ url, token: new Secret('x') })).toThrow(/the URL of GitHub cannot be used/);
    },
  );

  it.each([
    ['https://github.com', 'https://api.github.com'],
    ['https://ghe.example.com/api/v3/', 'https://ghe.example.com/api/v3'],
    [undefined, 'https://api.github.com'],
  ])('ask %s at %s', (url, server) => {
    expect(githubClient({ token: new Secret('x'), ...(url && { url }) }).server).toBe(server);
  });
});

describe('sending an event', () => {
  it('hands the payload over', async () => {
    const { client, sandbox } = await githubWorld();

    await dispatchEvent(client, { repository: REPOSITORY, event: 'released', payload: { version: '1.4.2', parts: { a: 1 } } });

    expect(sandbox.byHand(REPOSITORY).events).toEqual([{ type: 'released', payload: { version: '1.4.2', parts: { a: 1 } } }]);
  });

  it.each([
    ['a long type', { event: 'x'.repeat(101) }, '101 characters'],
    ['many properties', { event: 'x', payload: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [n, n])) }, '11 properties'],
    ['a large payload', { event: 'x', payload: { text: 'x'.repeat(65_536) } }, 'less than 65536'],
  ])('refuses %s without a request', async (_, event, message) => {
    const { client, sandbox } = await githubWorld();

    expect((await failure(dispatchEvent(client, { repository: REPOSITORY, ...event }))).message).toContain(message);
    expect(sandbox.requests).toEqual([]);
  });

  it('is not repeated when its answer gets lost', async () => {
    const { client, sandbox, dispatches } = await githubWorld();
    sandbox.faults.add({ method: 'POST', drop: 'after' });

    expect(await failure(dispatchEvent(client, { repository: REPOSITORY, event: 'x', payload: { token: 'planted-value' } }))).toMatchObject(
      { code: 'github_uncertain' },
    );
    expect(dispatches()).toBe(1);
  });

  it('tells of a repository that it may not reach', async () => {
    const { client } = await githubWorld();

    expect(await failure(dispatchEvent(client, { repository: 'octo-org/gone', event: 'x' }))).toMatchObject({ code: 'github_not_found' });
  });
});
