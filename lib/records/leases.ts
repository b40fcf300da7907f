import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { contend, type Move } from './contend.ts';
import { instant, RECORD_VERSION, readRecord } from './read-record.ts';
import { recordKey } from './record-key.ts';
import type { Expectation, RecordItem, RecordsTable } from './records-table.ts';

/** Somebody's right to act alone under a name. `fence` grows with every new holder, so that what a former one still writes can be told and refused. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
  /** Epoch milliseconds. */
  readonly expires: number;
}

export interface LeaseQuestion {
  readonly name: string;
  /** Unique to the run: the holder who asks again gets the same lease again. */
  readonly holder: string;
  readonly holdMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type Acquired = { readonly acquired: true; readonly lease: Lease } | { readonly acquired: false; readonly held: Lease };

export interface Leases {
  /** Takes a lease that is free, has expired or is one's own already; otherwise says who has it. */
  acquire(question: LeaseQuestion): Promise<Acquired>;
  /** Lengthens a lease from now; `undefined` when somebody else has got it meanwhile. One that has expired and that nobody took is renewed. */
  renew(lease: Lease, holdMs: number, signal?: AbortSignal): Promise<Lease | undefined>;
  /** Gives it back; the fence stays. Nothing happens when somebody else has it. */
  release(lease: Lease, signal?: AbortSignal): Promise<void>;
}

/** No `ttl`: with the record its fence would be gone, and would begin again. */
const schema = z.object({ holder: z.string(), fence: z.int().min(1), expires: instant });

class TableLeases implements Leases {
  readonly #table: RecordsTable;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(table: RecordsTable, clock: Pick<Clock, 'now'>) {
    this.#table = table;
    this.#clock = clock;
  }

  acquire(question: LeaseQuestion): Promise<Acquired> {
    const key = recordKey(['lease', question.name], ['lease']);
    return contend<Acquired>(this.#table, { key, signal: question.signal }, (found) => {
      if (!found) return this.#take(question, 1, { kind: 'absent' });
      const stored = readRecord(found, schema);
      const held: Lease = { name: question.name, ...stored, expires: Date.parse(stored.expires) };
      const valid = this.#clock.now() < held.expires;
      if (valid && held.holder !== question.holder) return { answer: { acquired: false, held } };
      return this.#take(question, valid ? held.fence : held.fence + 1, { kind: 'fields', equal: stored });
    });
  }

  #take({ name, holder, holdMs }: LeaseQuestion, fence: number, expect: Expectation): Move<Acquired> {
    const lease: Lease = { name, holder, fence, expires: this.#clock.now() + holdMs };
    return { put: this.#itemOf(lease), expect, answer: { acquired: true, lease } };
  }

  async renew(lease: Lease, holdMs: number, signal?: AbortSignal): Promise<Lease | undefined> {
    const renewed = { ...lease, expires: this.#clock.now() + holdMs };
    const { written } = await this.#set(renewed, signal);
    return written ? renewed : undefined;
  }

  async release(lease: Lease, signal?: AbortSignal): Promise<void> {
    await this.#set({ ...lease, expires: Math.min(lease.expires, this.#clock.now()) }, signal);
  }

  #set({ name, holder, fence, expires }: Lease, signal: AbortSignal | undefined): ReturnType<RecordsTable['update']> {
    return this.#table.update({
      key: recordKey(['lease', name], ['lease']),
      set: { expires: new Date(expires).toISOString(), at: new Date(this.#clock.now()).toISOString() },
      expect: { kind: 'fields', equal: { fence, holder } },
      signal,
    });
  }

  #itemOf({ name, holder, fence, expires }: Lease): RecordItem {
    const at = new Date(this.#clock.now()).toISOString();
    return { ...recordKey(['lease', name], ['lease']), v: RECORD_VERSION, at, holder, fence, expires: new Date(expires).toISOString() };
  }
}

/** Leases: for a while, one holder at a time. */
export function leases(table: RecordsTable, clock: Pick<Clock, 'now'>): Leases {
  return new TableLeases(table, clock);
}
