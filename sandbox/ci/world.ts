import type { Clock } from '../../lib/platform/clock.ts';
import type { SandboxRepository } from '../github/repository.ts';
import { type GithubSandbox, startGithubSandbox } from '../github/server.ts';
import type { SandboxJob } from '../jenkins/jobs.ts';
import { type JenkinsSandbox, startJenkinsSandbox } from '../jenkins/server.ts';

export interface CiWorld {
  readonly jenkins: JenkinsSandbox;
  readonly github: GithubSandbox;
  /** What `nightshift trigger` finds them by. */
  env(): Record<string, string>;
  close(): Promise<void>;
}

/** One job for each way that a build can go. */
const jobs: Readonly<Record<string, SandboxJob>> = {
  'shop/deploy': {
    parameters: [{ name: 'VERSION' }, { name: 'VALUES', type: 'file' }, { name: 'DB_PASSWORD', type: 'password' }],
    queueMs: 2_000,
    durationMs: 5_000,
    console: ['Started by user night\n', 'Rolling out\n', 'Finished: SUCCESS\n'],
  },
  'shop/broken': { durationMs: 2_000, result: 'FAILURE', console: ['make test\n', 'not ok 3 - total is rounded\n', 'Finished: FAILURE\n'] },
  'shop/unstable': { durationMs: 2_000, result: 'UNSTABLE' },
  'shop/endless': { durationMs: Number.POSITIVE_INFINITY },
  'shop/stuck': { queueMs: Number.POSITIVE_INFINITY, why: 'There are no nodes with the label ‘arm’', stuck: true },
  'shop/disabled': { buildable: false },
};

/** GitHub's expressions, in a string that is none of JavaScript's. */
const title = 'Deploy $'.concat('{{ inputs.version }} $', '{{ inputs.distinct_id }}');

const shop: SandboxRepository = {
  workflows: {
    'deploy.yml': {
      inputs: { version: {}, distinct_id: {} },
      runName: title,
      phases: [
        { status: 'queued', forMs: 2_000 },
        { status: 'in_progress', forMs: 5_000 },
      ],
    },
    'broken.yml': { phases: [{ status: 'in_progress', forMs: 2_000 }], conclusion: 'failure' },
    'approval.yml': { phases: [{ status: 'waiting', forMs: Number.POSITIVE_INFINITY }] },
    'push-only.yml': { dispatchable: false },
  },
};

/** Jenkins and GitHub with a job and a workflow for each way that they can go. */
export async function startCiWorld({ clock }: { readonly clock?: Pick<Clock, 'now'> } = {}): Promise<CiWorld> {
  const shared = clock ? { clock } : {};
  const jenkins = await startJenkinsSandbox({ jobs, ...shared });
  const github = await startGithubSandbox({ repositories: { 'octo-org/shop': shop }, ...shared });
  return {
    jenkins,
    github,
    env: () => ({
      JENKINS_URL: jenkins.url,
      JENKINS_USER_ID: jenkins.user.name,
      JENKINS_API_TOKEN: jenkins.user.token,
      GITHUB_API_URL: github.url,
      GH_TOKEN: github.token,
    }),
    close: async () => {
      await Promise.all([jenkins.close(), github.close()]);
    },
  };
}
