import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';
import { InvalidTriggerError } from '../errors.ts';
import { readJson } from '../http/read-json.ts';
import type { WireAnswer } from '../http/send.ts';
import { type Mask, maskOf, secretValues } from '../mask.ts';
import { mayHaveArrived } from '../may-have-arrived.ts';
import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { notCorrelatable, refused, uncertain, whatOf } from './dispatch-errors.ts';
import { findLostRun } from './find-run.ts';
import type { GithubHandle } from './handle.ts';
import { repositoryPath } from './repository.ts';

export interface WorkflowDispatch {
  readonly repository: string;
  /** File name or numeric id: `deploy.yml`. */
  readonly workflow: string;
  /** Branch or tag. */
  readonly ref: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The workflow's input for a unique id, for servers that do not say which run they started; `distinct_id` unless told. */
  readonly correlationInput?: string;
  /** Send the id in any case, so that the run is found even when GitHub's answer gets lost. */
  readonly alwaysCorrelate?: boolean;
  /** Whether the caller means to follow the run: then nothing is started that could not be found again. */
  readonly follow: boolean;
  /** Takes secrets out of what GitHub says about the inputs; those whose names say so unless told. */
  readonly mask?: Mask;
  /** The unique id; a random UUID unless told. */
  readonly id?: string;
}

export interface Dispatched {
  /** Absent when the server does not name the run and it carries no id: it runs, and cannot be told from others. */
  readonly handle?: GithubHandle;
  /** The run's page, when the server has named it. */
  readonly url?: string;
}

const MOST_INPUTS = 25;
export const DEFAULT_CORRELATION_INPUT = 'distinct_id';
/** The clock of a server may be behind that of the machine which wrote the Date header. */
const SKEW_MS = 60_000;
const detailsSchema = z.object({ workflow_run_id: z.int(), html_url: z.string().optional() });

/**
 * Starts a workflow and returns which run it became. Servers that cannot say so (GitHub Enterprise Server up to 3.20) get a unique id as an input,
 * by which the run is found; never is the newest run taken for ours.
 * @throws InvalidTriggerError for what GitHub refuses, or when the run could not be followed; UncertainTriggerError when the answer got lost
 */
export async function dispatchWorkflow(client: GithubClient, dispatch: WorkflowDispatch, patience: Patience = {}): Promise<Dispatched> {
  const inputs = dispatch.inputs ?? {};
  const name = dispatch.correlationInput ?? DEFAULT_CORRELATION_INPUT;
  const id = inputs[name] ?? dispatch.id ?? randomUUID();
  const known: Known = { client, dispatch, id, startedAt: client.clock.now() };
  const correlated = dispatch.alwaysCorrelate === true || name in inputs;
  const sent = correlated ? { ...inputs, [name]: id } : inputs;
  checkCount(sent);
  const answer = await post(known, { inputs: sent, return_run_details: true }, { correlated, patience });
  if ('handle' in answer) return answer;
  if (!refusesDetails(answer)) return dispatched(known, answer, correlated);
  return withoutDetails(known, { name, inputs, correlated }, patience);
}

interface Known {
  readonly client: GithubClient;
  readonly dispatch: WorkflowDispatch;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

interface Plain {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly correlated: boolean;
}

/** The way for older servers. The id is only sent to a workflow that is to be followed: one that does not declare the input refuses it. */
async function withoutDetails(known: Known, { name, inputs, correlated }: Plain, patience: Patience): Promise<Dispatched> {
  const carriesId = correlated || known.dispatch.follow;
  const sent = carriesId ? { ...inputs, [name]: known.id } : inputs;
  checkCount(sent);
  try {
    const answer = await post(known, { inputs: sent }, { correlated: carriesId, patience });
    if ('handle' in answer) return answer;
    if (answer.status === 400) throw refused(known.dispatch, answer);
    return dispatched(known, answer, carriesId);
  } catch (error) {
    throw carriesId && !correlated && isUnexpectedInput(error, name) ? notCorrelatable(known.dispatch, name) : error;
  }
}

async function post(
  { client, dispatch, id, startedAt }: Known,
  body: Readonly<Record<string, unknown>> & { readonly inputs: Readonly<Record<string, string>> },
  { correlated, patience }: { readonly correlated: boolean; readonly patience: Patience },
): Promise<WireAnswer | Required<Pick<Dispatched, 'handle'>>> {
  const { repository, workflow, ref } = dispatch;
  const path = `${repositoryPath(repository)}/actions/workflows/${encodeURIComponent(workflow)}/dispatches`;
  const mask = dispatch.mask ?? maskOf(secretValues(body.inputs));
  try {
    const request = { path, body: { ref, ...body }, expected: [400], repeat: 'when-not-sent', what: whatOf(dispatch), mask } as const;
    return await client.post(request, patience);
  } catch (error) {
    if (!mayHaveArrived(error)) throw error;
    const handle = idHandle(client, dispatch, id, startedAt);
    const run = correlated ? await findLostRun(client, handle, patience) : undefined;
    if (run === undefined) throw uncertain(dispatch, error, correlated);
    return { handle: { ...handle, target: { by: 'run', run: run.id } } };
  }
}

/** GitHub.com answers 200 with the run; a server that knows nothing of run details answers 204. */
function dispatched({ client, dispatch, id, startedAt }: Known, answer: WireAnswer, correlated: boolean): Dispatched {
  if (answer.status === 200) {
    const { workflow_run_id: run, html_url: url } = readJson(answer, detailsSchema, 'github');
    const { repository } = dispatch;
    return {
      handle: { v: 1, service: 'github', server: client.server, repository, target: { by: 'run', run } },
      ...(url !== undefined && { url }),
    };
  }
  if (!correlated) return {};
  const date = Date.parse(answer.header('date') ?? '');
  return { handle: idHandle(client, dispatch, id, Number.isNaN(date) ? startedAt : date) };
}

function idHandle(client: GithubClient, { repository, workflow }: WorkflowDispatch, id: string, at: number): GithubHandle {
  const since = new Date(at - SKEW_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  return { v: 1, service: 'github', server: client.server, repository, target: { by: 'id', workflow, id, since } };
}

/** Any 400 may be about the flag: a request that is wrong in itself is refused again without it. */
function refusesDetails({ status }: WireAnswer): boolean {
  return status === 400;
}

function isUnexpectedInput(error: unknown, name: string): boolean {
  return error instanceof InvalidTriggerError && /unexpected inputs/i.test(error.message) && error.message.includes(`"${name}"`);
}

function checkCount(inputs: Readonly<Record<string, string>>): void {
  const count = Object.keys(inputs).length;
  if (count > MOST_INPUTS)
    throw new BadInputError(`${count} inputs were given, and GitHub takes ${MOST_INPUTS}`, {
      hint: 'put several values into one input, as JSON',
    });
}
