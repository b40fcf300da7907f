import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import type { PipelineJob } from '../aws/codepipeline-jobs.ts';
import type { Item } from '../aws/dynamodb/attribute-value.ts';
import type { Evidence } from './evidence.ts';

/** What CodePipeline was told of a job, as the endpoint keeps it. */
export interface JobAnswer {
  readonly status: PipelineJob['status'];
  readonly message: string;
  readonly runId: string;
}

export function answerTo(job: PipelineJob | undefined): JobAnswer {
  const { executionDetails, failureDetails } = (job?.answer ?? {}) as {
    readonly executionDetails?: { readonly summary?: string; readonly externalExecutionId?: string };
    readonly failureDetails?: { readonly message?: string; readonly externalExecutionId?: string };
  };
  return {
    status: job?.status ?? 'in-progress',
    message: failureDetails?.message ?? executionDetails?.summary ?? 'nothing',
    runId: failureDetails?.externalExecutionId ?? executionDetails?.externalExecutionId ?? 'none',
  };
}

/** Whether the job has ended as it should, and its message has these words. */
export function jobEnded({ status, message }: JobAnswer, wanted: PipelineJob['status'], ...words: readonly string[]): Evidence {
  const against = [
    ...(status === wanted ? [] : [`the job is ${status}: ${message}`]),
    ...words.filter((word) => !message.includes(word)).map((word) => `the pipeline was not told of "${word}", but: ${message}`),
  ];
  return { count: 1, against };
}

/** Whether all pods of a workload that are there to stay run one digest, by what their node says. */
export function podsRun(objects: readonly KubernetesObject[], app: string, digest: string): Evidence {
  const pods = objects.filter(
    (object): object is V1Pod =>
      object.kind === 'Pod' &&
      object.metadata?.labels?.['app.kubernetes.io/name'] === app &&
      object.metadata.deletionTimestamp === undefined,
  );
  const against = pods.flatMap(({ metadata, status }) => {
    const ran = status?.containerStatuses?.[0]?.imageID ?? 'nothing';
    return ran.endsWith(`@${digest}`) ? [] : [`${metadata?.name} runs ${ran}`];
  });
  return { count: pods.length, against };
}

/** Whether the newest deploy in the table is this one. */
export function deployRecorded(
  items: readonly Item[],
  wanted: Readonly<Record<'version' | 'digest' | 'verdict' | 'runId', string>>,
): Evidence {
  const newest = items.filter(({ sk }) => sk?.S?.startsWith('deploy#')).at(-1);
  const against = Object.entries(wanted).flatMap(([field, value]) => {
    const found = newest?.[field]?.S ?? 'nothing';
    return found === value ? [] : [`the newest deploy has ${found} as its ${field}, not ${value}`];
  });
  return { count: newest === undefined ? 0 : 1, against };
}

/** Whether a page for people is kept that shows each of these checks. */
export function reportKept(page: string | undefined, checks: readonly string[]): Evidence {
  const against = checks.filter((check) => !page?.includes(check)).map((check) => `the page does not show the check ${check}`);
  return { count: page === undefined ? 0 : checks.length, against: page === undefined ? ['there is no page'] : against };
}

/** Whether what the web server said of itself since then is one version, and no other. */
export function onlyVersion(said: readonly string[], version: string): Evidence {
  return { count: said.length, against: [...new Set(said)].filter((each) => each !== version).map((each) => `it answered ${each}`) };
}
