import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient } from '../kubernetes/client.ts';
import { ConflictError, NotFoundError } from '../kubernetes/errors.ts';
import type { Deadline } from '../platform/deadline.ts';
import { messageOf, NightshiftError } from '../platform/errors.ts';
import { mapLimit } from '../platform/map-limit.ts';
import { type Decision, isChange } from './decision.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { Ledger } from './ledger.ts';
import { patchOf } from './patch.ts';
import { changesInOrder } from './plan.ts';
import type { SleepPolicy } from './policy.ts';
import { readWorkload } from './read-workload.ts';
import type { Workload } from './workload.ts';

/** What became of a decision. `settled`: at the last look nothing needed doing any more. */
export type Result =
  | { readonly kind: 'done'; readonly decision: Decision }
  | { readonly kind: 'settled'; readonly decision: Decision }
  | { readonly kind: 'gone'; readonly decision: Decision }
  | { readonly kind: 'failed'; readonly decision: Decision; readonly reason: string }
  | { readonly kind: 'left'; readonly decision: Decision };

export interface ApplyOptions {
  readonly client: KubernetesClient;
  readonly ledger: Ledger;
  readonly policy: Pick<SleepPolicy, 'stateFormat'>;
  /** Writes in flight. */
  readonly concurrency: number;
  readonly deadline: Deadline;
  /** Decides again on an object that changed since it was observed. */
  readonly redecide: (workload: Workload) => Decision;
  readonly onResult: (result: Result) => void;
}

/** Conflicts on one object before it is left to the next run. */
const attempts = 5;
const neverStill = `someone else changed it at each of ${attempts} attempts; the next run tries again, and kubectl get --show-managed-fields tells who writes it`;

/**
 * Carries out the changes among the decisions: wakes first, then, once the originals are in the ledger, sleeps; stage by stage.
 * Never throws for one object: each gets its result. When the ledger refuses, nothing is put to sleep.
 */
export async function apply(decisions: readonly Decision[], options: ApplyOptions): Promise<readonly Result[]> {
  const changes = changesInOrder(decisions);
  const sleeps = changes.filter((decision) => decision.action === 'sleep');
  const results: Result[] = [];
  const run = async (batch: readonly Decision[]): Promise<void> => {
    for (const stage of stagesOf(batch))
      results.push(...(await mapLimit(stage, options.concurrency, (decision) => settle(decision, options))));
  };

  await run(changes.filter((decision) => decision.action !== 'sleep'));
  const refusal = sleeps.length > 0 ? await recordAhead(sleeps, options) : undefined;
  if (refusal === undefined) await run(sleeps);
  else results.push(...sleeps.map((decision) => told(options, { ...refusal, decision })));
  return results;
}

type Refusal = { readonly kind: 'left' } | { readonly kind: 'failed'; readonly reason: string };

/** Returns what it means for the sleeps when the originals could not be made durable: none of them may happen. */
async function recordAhead(sleeps: readonly Decision[], { ledger, deadline }: ApplyOptions): Promise<Refusal | undefined> {
  if (deadline.expired()) return { kind: 'left' };
  try {
    await ledger.record(sleeps, deadline.signal);
    return undefined;
  } catch (error) {
    if (deadline.expired()) return { kind: 'left' };
    return { kind: 'failed', reason: `not put to sleep, because its original could not be stored first: ${withHint(error)}` };
  }
}

async function settle(decision: Decision, options: ApplyOptions): Promise<Result> {
  if (options.deadline.expired()) return told(options, { kind: 'left', decision });
  try {
    return told(options, await carryOut(decision, options));
  } catch (error) {
    if (error instanceof NotFoundError) return told(options, { kind: 'gone', decision });
    if (options.deadline.expired()) return told(options, { kind: 'left', decision });
    return told(options, { kind: 'failed', decision, reason: error instanceof ConflictError ? neverStill : withHint(error) });
  }
}

/** Writes; on a conflict reads again and decides again, so that nobody's change in between is overwritten. */
async function carryOut(first: Decision, options: ApplyOptions): Promise<Result> {
  const { client, policy, deadline } = options;
  const { kind, namespace, name } = first.workload;
  const { resource } = adapterOf(kind);
  let decision = first;
  for (let attempt = 1; ; attempt++) {
    try {
      const patch = patchOf(decision, policy.stateFormat);
      // What became of the object is known: it is what was asked for, or a conflict.
      await client.patch(resource, { namespace, name }, patch, { type: 'merge', answer: 'metadata', signal: deadline.signal });
      return { kind: 'done', decision };
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === attempts) throw error;
    }
    const live = readWorkload(kind, await client.get<KubernetesObject>(resource, { namespace, name }, { signal: deadline.signal }));
    const next = options.redecide(live);
    if (!isChange(next)) return isOutcomeOf(decision, next) ? { kind: 'done', decision } : { kind: 'settled', decision: next };
    if (next.action === 'sleep' && next.original !== decision.original) await options.ledger.record([next], deadline.signal);
    decision = next;
  }
}

/** A write whose answer was lost is met again as a conflict, on an object that is just as it was meant to be. */
function isOutcomeOf(decision: Decision, now: Decision): boolean {
  return now.from === decision.to && now.original === decision.original && now.workload.uid === decision.workload.uid;
}

function stagesOf(decisions: readonly Decision[]): readonly (readonly Decision[])[] {
  const stages: Decision[][] = [];
  for (const decision of decisions) {
    const last = stages.at(-1);
    if (last?.[0]?.workload.kind === decision.workload.kind) last.push(decision);
    else stages.push([decision]);
  }
  return stages;
}

function told(options: ApplyOptions, result: Result): Result {
  options.onResult(result);
  return result;
}

function withHint(error: unknown): string {
  const hint = error instanceof NightshiftError ? error.hint : undefined;
  return hint ? `${messageOf(error)}; ${hint}` : messageOf(error);
}
