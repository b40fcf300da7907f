import { onTestFinished } from 'vitest';
import { type GithubClient, githubClient } from '../../../../lib/pipelines/github/client.ts';
import type { WorkflowDispatch } from '../../../../lib/pipelines/github/dispatch-workflow.ts';
import { Secret } from '../../../../lib/platform/secret.ts';
import { type GithubSandbox, type GithubSandboxOptions, startGithubSandbox } from '../../../../sandbox/github/server.ts';
import type { SandboxWorkflow } from '../../../../sandbox/github/workflows.ts';
import { steppingClock } from '../../../support/recorders.ts';

export const START = Date.parse('2026-03-30T12:00:00Z');
export const REPOSITORY = 'octo-org/shop';

export interface GithubWorld {
  readonly sandbox: GithubSandbox;
  readonly client: GithubClient;
  readonly clock: ReturnType<typeof steppingClock>;
  dispatches(): number;
}

export interface GithubWorldOptions extends Partial<GithubSandboxOptions> {
  readonly workflow?: SandboxWorkflow;
  readonly secret?: string;
  readonly timeoutMs?: number;
}

/** The workflow of most tests: it shows the unique id in its title. */
export const deploy: SandboxWorkflow = {
  inputs: { version: { required: true }, stage: { options: ['dev', 'prod'] }, distinct_id: {} },
  runName: 'Deploy $'.concat('{{ inputs.version }} $', '{{ inputs.distinct_id }}'),
};

export const dispatch: WorkflowDispatch = {
  repository: REPOSITORY,
  workflow: 'deploy.yml',
  ref: 'main',
  inputs: { version: '1.4.2' },
  follow: true,
};

/** GitHub with one repository, whose clock is the client's. */
export async function githubWorld({ workflow = deploy, secret, timeoutMs, ...options }: GithubWorldOptions = {}): Promise<GithubWorld> {
  const clock = steppingClock(START);
  const repositories = { [REPOSITORY]: { workflows: { 'deploy.yml': workflow }, refs: ['main', 'v1.4.2'] } };
  const sandbox = await startGithubSandbox({ repositories, clock, ...options });
  onTestFinished(() => sandbox.close());
  const token = new Secret(secret ?? sandbox.token);
  const client = githubClient({ url: sandbox.url, token, clock, random: () => 0, ...(timeoutMs && { timeoutMs }) });
  return { sandbox, client, clock, dispatches: () => sandbox.requests.filter(({ path }) => path.endsWith('/dispatches')).length };
}
