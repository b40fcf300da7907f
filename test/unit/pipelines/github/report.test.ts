import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setCommitStatus } from '../../../../lib/pipelines/github/commit-status.ts';
import { createDeployment, setDeploymentStatus } from '../../../../lib/pipelines/github/deployment.ts';
import { appendStepSummary } from '../../../../lib/pipelines/github/step-summary.ts';
import { refusal } from '../../../../sandbox/github/answers.ts';
import { failure } from '../../../support/failure.ts';
import { githubWorld, REPOSITORY } from './world.ts';

const commit = 'c'.repeat(40);
const status = { repository: REPOSITORY, commit, state: 'success', context: 'nightshift/smoke' } as const;

describe('a commit status', () => {
  it('is set, with a description as long as GitHub takes', async () => {
    const { client, sandbox } = await githubWorld();

    await setCommitStatus(client, { ...status, description: 'd'.repeat(200), url: 'https://example.com/run' });

    expect(sandbox.byHand(REPOSITORY).statuses).toEqual([
      {
        sha: commit,
        state: 'success',
        context: 'nightshift/smoke',
        description: `${'d'.repeat(139)}…`,
        target_url: 'https://example.com/run',
      },
    ]);
  });

  it('is set again when GitHub has trouble', async () => {
    const { client, sandbox } = await githubWorld();
    sandbox.faults.add({ method: 'POST', times: 2, answer: refusal(502, 'Server Error') });

    await setCommitStatus(client, status);

    expect(sandbox.byHand(REPOSITORY).statuses).toHaveLength(1);
  });

  it('of a commit that is not there is refused', async () => {
    const { client } = await githubWorld();

    expect(await failure(setCommitStatus(client, { ...status, commit: 'abc' }))).toMatchObject({ code: 'bad_input', status: 422 });
  });
});

describe('a deployment', () => {
  it('is recorded as it is, without a merge, and gets its statuses', async () => {
    const { client, sandbox } = await githubWorld();

    const deployment = await createDeployment(client, {
      repository: REPOSITORY,
      ref: 'main',
      environment: 'prod',
      description: 'by Nightshift',
    });
    await setDeploymentStatus(client, { repository: REPOSITORY, deployment, state: 'in_progress', logUrl: 'https://example.com/log' });
    await setDeploymentStatus(client, { repository: REPOSITORY, deployment, state: 'success', environmentUrl: 'https://shop.example.com' });

    expect(sandbox.byHand(REPOSITORY).deployments).toEqual([
      {
        id: deployment,
        body: { ref: 'main', environment: 'prod', auto_merge: false, required_contexts: [], description: 'by Nightshift' },
        statuses: [
          { state: 'in_progress', log_url: 'https://example.com/log' },
          { state: 'success', environment_url: 'https://shop.example.com' },
        ],
      },
    ]);
  });

  it('is not recorded twice when the answer gets lost', async () => {
    const { client, sandbox } = await githubWorld();
    sandbox.faults.add({ method: 'POST', drop: 'after' });

    expect(await failure(createDeployment(client, { repository: REPOSITORY, ref: 'main', environment: 'prod' }))).toMatchObject({
      code: 'github_unreachable',
    });
    expect(sandbox.byHand(REPOSITORY).deployments).toHaveLength(1);
  });

  it('is a failure when its checks are not green, or when GitHub did something else', async () => {
    const { client, sandbox } = await githubWorld();
    const deployment = { repository: REPOSITORY, ref: 'main', environment: 'prod' };

    expect(await failure(createDeployment(client, { ...deployment, requiredContexts: ['ci'] }))).toMatchObject({ code: 'github_conflict' });
    sandbox.faults.add({ method: 'POST', answer: refusal(202, 'Auto-merged') });
    expect(await failure(createDeployment(client, deployment))).toMatchObject({ code: 'github_bad_answer' });
  });
});

describe('the summary of a step', () => {
  async function summaryFile(text = ''): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'summary-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'summary.md');
    await writeFile(file, text);
    return file;
  }

  it('is added to what other commands of the step have written', async () => {
    const file = await summaryFile('## Tests');

    expect(await appendStepSummary('| a | b |\n\n', { GITHUB_STEP_SUMMARY: file })).toBe(true);
    expect(await readFile(file, 'utf8')).toBe('## Tests\n| a | b |\n');
  });

  it('does nothing outside of Actions', async () => {
    expect(await appendStepSummary('x', {})).toBe(false);
    expect(await appendStepSummary('x', { GITHUB_STEP_SUMMARY: '' })).toBe(false);
  });

  it('stays within what the runner takes, and ends at a whole line', async () => {
    const file = await summaryFile();

    expect(await appendStepSummary('zwölf Zeichen\n'.repeat(100_000), { GITHUB_STEP_SUMMARY: file })).toBe(true);

    const text = await readFile(file, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(text).toMatch(/zwölf Zeichen\n\n_The summary was cut: a step may write 1 MiB\._\n$/);
    expect(await appendStepSummary('more', { GITHUB_STEP_SUMMARY: file })).toBe(false);
  });
});
