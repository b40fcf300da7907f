import { BadAnswerError, ConflictError, InvalidTriggerError, UncertainTriggerError, type UnreachableError } from '../errors.ts';
import type { WireAnswer } from '../http/send.ts';
import { mayHaveArrived } from '../may-have-arrived.ts';
import type { Patience } from '../patience.ts';
import { answerError, wantsLogin } from './answer-error.ts';
import type { JenkinsClient } from './client.ts';
import { findByParameter } from './find-by-parameter.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';
import { type JobParameters, parameterBody } from './parameters.ts';

export interface JenkinsTrigger extends JobParameters {
  /** Full name, folders first: `shop/deploy`. */
  readonly job: string;
  /** A parameter whose value is unique to this trigger: by it a build is found again when Jenkins's answer got lost. */
  readonly correlation?: string;
}

export interface JenkinsTriggered {
  readonly handle: JenkinsHandle;
  /** It joined a waiting item with the same parameters; that item was somebody's before. */
  readonly merged: boolean;
}

/**
 * Queues a build and returns where it is, without waiting. The request is never sent again once Jenkins may have got it.
 * @throws InvalidTriggerError when the job takes no parameters; UncertainTriggerError when the answer got lost; else what `answerError` says
 */
export async function triggerJenkins(client: JenkinsClient, trigger: JenkinsTrigger, patience: Patience = {}): Promise<JenkinsTriggered> {
  const path = jobPath(trigger.job);
  const bare = Object.keys(trigger.parameters ?? {}).length === 0 && (trigger.files ?? []).length === 0;
  try {
    const answer = await post(client, `${path}/${bare ? 'build' : 'buildWithParameters'}`, trigger, patience);
    if (answer.status === 400 || answer.status === 500) return await secondChance(client, trigger, { answer, bare, patience });
    return triggered(client, trigger, answer);
  } catch (error) {
    if (!mayHaveArrived(error)) throw error;
    const handle = await findByParameter(client, trigger, patience);
    if (handle) return { handle, merged: false };
    throw uncertain(trigger, error);
  }
}

function post(client: JenkinsClient, path: string, trigger: JenkinsTrigger, patience: Patience): Promise<WireAnswer> {
  const what = `trigger ${trigger.job}`;
  return client.post({ path, body: parameterBody(trigger), expected: [302, 303, 400, 500], repeat: 'when-not-sent', what }, patience);
}

interface Refusal {
  readonly answer: WireAnswer;
  readonly bare: boolean;
  readonly patience: Patience;
}

/** The two pages for starting a build refuse each other's jobs; old versions do it with 500. Nothing was queued then. */
async function secondChance(
  client: JenkinsClient,
  trigger: JenkinsTrigger,
  { answer, bare, patience }: Refusal,
): Promise<JenkinsTriggered> {
  const { status, body } = answer;
  if (bare && /form submission|nothing is submitted/i.test(body)) {
    return triggered(client, trigger, await post(client, `${jobPath(trigger.job)}/buildWithParameters`, trigger, patience));
  }
  const details = { service: 'jenkins', status } as const;
  if (/is not parameterized/i.test(body)) {
    throw new InvalidTriggerError(`Jenkins did not trigger ${trigger.job}: it takes no parameters (${status})`, {
      ...details,
      hint: 'leave the parameters out, or declare them in the job; a pipeline declares its own at the end of its first build',
    });
  }
  if (status === 400) {
    const hint = 'check the values against what the job declares: choices, and the types of its parameters';
    throw new InvalidTriggerError(`Jenkins did not trigger ${trigger.job}: it refused a parameter (400)`, { ...details, hint });
  }
  throw new BadAnswerError(`Jenkins failed to trigger ${trigger.job} (500)`, { ...details, retryable: true });
}

/** A 303 tells of an item that was there; it is not followed, for only its Location matters, and of that only the id: a proxy may write the rest. */
function triggered(client: JenkinsClient, { job }: JenkinsTrigger, answer: WireAnswer): JenkinsTriggered {
  const id = /\/queue\/item\/(\d+)(?:\/|$)/.exec(answer.header('location') ?? '')?.[1];
  if (id !== undefined && (answer.status === 201 || answer.status === 303)) {
    return { handle: { v: 1, service: 'jenkins', server: client.server, job, queueId: Number(id) }, merged: answer.status === 303 };
  }
  const details = { service: 'jenkins', status: answer.status } as const;
  if (answer.status >= 200 && answer.status < 300) {
    throw new UncertainTriggerError(`Jenkins took the trigger of ${job} and did not say which queue item it became`, {
      ...details,
      hint: 'look at the job before triggering again; see that the proxy before Jenkins passes the Location header on',
    });
  }
  if (wantsLogin(answer)) throw answerError(answer, `trigger ${job}`, client.clock.now());
  throw new ConflictError(`Jenkins did not trigger ${job}: it put nothing into its queue (${answer.status})`, {
    ...details,
    hint: 'see whether a plugin holds builds of this job back',
  });
}

function uncertain({ job, correlation }: JenkinsTrigger, error: UnreachableError | BadAnswerError): UncertainTriggerError {
  const looked = correlation === undefined ? '' : ', and nothing in the queue or among its builds carries the id that was sent';
  return new UncertainTriggerError(`it is not known whether Jenkins triggered ${job}: ${error.message}${looked}`, {
    service: 'jenkins',
    ...(error.status !== undefined && { status: error.status }),
    hint: 'it was not sent a second time: look at the job first, and trigger again if nothing waits or runs there',
  });
}
