import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { contend, type Move } from './contend.ts';
import { instant, RECORD_VERSION, readRecord } from './read-record.ts';
import { recordKey } from './record-key.ts';
import type { Expectation, RecordKey, RecordsTable } from './records-table.ts';

/** A step of a job's work for one key: a CodePipeline job, an uploaded object. */
export interface Step {
  readonly job: string;
  readonly key: string;
  readonly step: string;
}

export interface StepClaim extends Step {
  /** Who does it, so that whoever repeats itself after a lost answer is known again: the run's id. */
  readonly holder: string;
  /** After so long without an end somebody else may try. */
  readonly holdMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `fresh`: it is the caller's; `attempt` above 1 means that somebody began before and did not finish. `running`: somebody is at it, until `until`
 * (epoch ms) at least. `finished`: it is over, and is not done again.
 */
export type StepState =
  | { readonly state: 'fresh'; readonly attempt: number; readonly fence: number }
  | { readonly state: 'running'; readonly holder: string; readonly fence: number; readonly until: number }
  | { readonly state: 'finished'; readonly outcome: string; readonly detail: string | undefined };

export interface StepEnd extends Step {
  /** As {@link Journal.begin} gave it. */
  readonly fence: number;
  /** One word, never `running`. */
  readonly outcome: string;
  /** What a repetition wants to know of it. No secrets. */
  readonly detail?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Journal {
  begin(claim: StepClaim): Promise<StepState>;
  /** `lost`: somebody else has taken the step over, or ended it in another way; what they say holds. */
  finish(end: StepEnd): Promise<'finished' | 'lost'>;
}

/** How long a step is remembered: longer than any platform repeats an event. */
export const JOURNAL_TTL_DAYS = 30;
const RUNNING = 'running';

const schema = z.object({
  outcome: z.string().min(1),
  attempt: z.int().min(1),
  fence: z.int().min(1),
  holder: z.string(),
  until: instant,
  detail: z.string().exactOptional(),
});

type StoredStep = z.infer<typeof schema>;

class TableJournal implements Journal {
  readonly #table: RecordsTable;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(table: RecordsTable, clock: Pick<Clock, 'now'>) {
    this.#table = table;
    this.#clock = clock;
  }

  begin(claim: StepClaim): Promise<StepState> {
    return contend<StepState>(this.#table, { key: keyOf(claim), signal: claim.signal }, (found) => {
      const stored = found && readRecord(found, schema);
      return stored ? this.#meet(stored, claim) : this.#claim(claim, { attempt: 1, fence: 1 }, { kind: 'absent' });
    });
  }

  /** Somebody was there first, which may be ourselves before an answer was lost. */
  #meet({ outcome, attempt, fence, holder, until, detail }: StoredStep, claim: StepClaim): Move<StepState> {
    if (outcome !== RUNNING) return { answer: { state: 'finished', outcome, detail } };
    if (holder === claim.holder) return { answer: { state: 'fresh', attempt, fence } };
    if (this.#clock.now() < Date.parse(until)) return { answer: { state: 'running', holder, fence, until: Date.parse(until) } };
    return this.#claim(claim, { attempt: attempt + 1, fence: fence + 1 }, { kind: 'fields', equal: { fence, outcome } });
  }

  #claim({ holder, holdMs, ...step }: StepClaim, count: Pick<StoredStep, 'attempt' | 'fence'>, expect: Expectation): Move<StepState> {
    const now = this.#clock.now();
    const ttl = Math.floor(now / 1000) + JOURNAL_TTL_DAYS * 86_400;
    const times = { at: new Date(now).toISOString(), until: new Date(now + holdMs).toISOString() };
    const item = { ...keyOf(step), v: RECORD_VERSION, ttl, ...times, outcome: RUNNING, holder, ...count };
    return { put: item, expect, answer: { state: 'fresh', ...count } };
  }

  async finish({ fence, outcome, detail, signal, ...step }: StepEnd): Promise<'finished' | 'lost'> {
    const written = await this.#table.update({
      key: keyOf(step),
      set: { outcome, at: new Date(this.#clock.now()).toISOString(), ...(detail !== undefined && { detail }) },
      expect: { kind: 'fields', equal: { fence, outcome: RUNNING } },
      signal,
    });
    if (written.written) return 'finished';
    return written.found?.fence === fence && written.found.outcome === outcome ? 'finished' : 'lost';
  }
}

function keyOf({ job, key, step }: Step): RecordKey {
  return recordKey(['journal', job, key], ['step', step]);
}

/** Which steps have been done, so that an event that comes twice does its work once. */
export function journal(table: RecordsTable, clock: Pick<Clock, 'now'>): Journal {
  return new TableJournal(table, clock);
}
