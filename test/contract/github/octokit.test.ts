import { request } from '@octokit/request';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type GithubSandboxOptions, startGithubSandbox } from '../../../sandbox/github/server.ts';

/**
 * GitHub's own client, typed by GitHub's own description of the API, takes the stand-in for GitHub: what our adapters are tested on is
 * not only what we believe.
 */
async function octokit(options: Partial<GithubSandboxOptions> = {}): Promise<typeof request> {
  const workflow = { inputs: { version: {} }, phases: [{ status: 'in_progress' as const, forMs: Number.POSITIVE_INFINITY }] };
  const sandbox = await startGithubSandbox({ repositories: { 'octo-org/shop': { workflows: { 'deploy.yml': workflow } } }, ...options });
  onTestFinished(() => sandbox.close());
  return request.defaults({ baseUrl: sandbox.url, headers: { authorization: `token ${sandbox.token}` } });
}

const repo = { owner: 'octo-org', repo: 'shop' };
const dispatch = { ...repo, workflow_id: 'deploy.yml', ref: 'main', inputs: { version: '1.4.2' } };

describe('Octokit on the stand-in', () => {
  it('dispatches a workflow, finds its run, looks into its jobs and cancels it', async () => {
    const ask = await octokit();

    const dispatched = await ask('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', dispatch);
    const runs = await ask('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
      ...repo,
      workflow_id: 'deploy.yml',
      event: 'workflow_dispatch',
      created: `>=${new Date(Date.now() - 60_000).toISOString()}`,
    });
    const [run] = runs.data.workflow_runs;
    const run_id = Number(run?.id);
    const one = await ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...repo, run_id });
    const jobs = await ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', { ...repo, run_id });
    const cancelled = await ask('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', { ...repo, run_id });
    const after = await ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...repo, run_id });

    expect(dispatched.status).toBe(204);
    expect([runs.data.total_count, one.data.status, one.data.event]).toEqual([1, 'in_progress', 'workflow_dispatch']);
    expect(jobs.data.jobs[0]?.steps?.[0]?.name).toBe('Set up job');
    expect([cancelled.status, after.data.conclusion]).toEqual([202, 'cancelled']);
  });

  it('gets run details when it asks for them', async () => {
    const ask = await octokit();

    const { status, data } = await ask('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
      ...dispatch,
      return_run_details: true,
    });

    expect(status).toBe(200);
    expect(data).toMatchObject({ workflow_run_id: expect.any(Number), run_url: expect.any(String), html_url: expect.any(String) });
  });

  it('sends an event, sets a status and records a deployment with its status', async () => {
    const ask = await octokit();
    const sha = 'c'.repeat(40);

    const event = await ask('POST /repos/{owner}/{repo}/dispatches', { ...repo, event_type: 'released', client_payload: { a: 1 } });
    const status = await ask('POST /repos/{owner}/{repo}/statuses/{sha}', { ...repo, sha, state: 'success', context: 'smoke' });
    const deployment = await ask('POST /repos/{owner}/{repo}/deployments', {
      ...repo,
      ref: 'main',
      environment: 'prod',
      auto_merge: false,
      required_contexts: [],
    });
    const deployment_id = Number('id' in deployment.data && deployment.data.id);
    const rolled = await ask('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', {
      ...repo,
      deployment_id,
      state: 'success',
    });

    expect([event.status, status.status, deployment.status, rolled.status]).toEqual([204, 201, 201, 201]);
  });

  it.each([
    ['a wrong token', { token: 'another' }, { headers: { authorization: 'token x' } }, 401, 'Bad credentials'],
    ['a ref that is not there', {}, { ref: 'gone' }, 422, 'No ref found for: gone'],
    ['a workflow that is not there', {}, { workflow_id: 'gone.yml' }, 404, 'Not Found'],
    ['run details on an older server', { version: 'ghes-3.20' as const }, { return_run_details: true }, 400, 'not a permitted key'],
  ])('reads the refusal of %s', async (_, options, more, status, message) => {
    const ask = await octokit(options);

    const refused = ask('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', { ...dispatch, ...more });

    await expect(refused).rejects.toMatchObject({ status, message: expect.stringContaining(message) });
  });
});
