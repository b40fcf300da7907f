import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { Journal, Step } from '../../records/journal.ts';

/** The journal may take so long, and no more than a part of the call: the time after it belongs to the platform's answer. */
const LONGEST_JOURNAL_MS = 3_000;
const JOURNAL_SHARE = 0.1;

/** One call that a platform waits to have answered. */
export interface Answerable<Answer> {
  /** The job, and what the platform calls its job or hook. */
  readonly job: string;
  readonly key: string;
  /** Calls of the same proof before this one. */
  readonly round: number;
  /** Who answers; the same for a repeated delivery to the same run. */
  readonly holder: string;
  /** How long this call may take to answer. */
  readonly holdMs: number;
  /** Works the answer out. Never rejects. */
  readonly answer: () => Promise<Answer>;
  /** Sends it until it is taken. @throws when nobody knows whether it was */
  readonly send: (answer: Answer) => Promise<void>;
  /** Reads back what an earlier delivery had worked out. @throws when it is none */
  readonly read: (text: string) => Answer;
}

export interface AnswerOnceOptions {
  /** Absent where there is no table: then a repeated delivery is worked out again, and the platform takes the first answer. */
  readonly journal: Journal | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Answers a platform once: the answer is written down before it is sent, so that whoever takes over after a crash sends the same one, and two
 * deliveries of one call do not work it out twice. A journal that cannot be reached is passed over, because a platform that is not answered stands
 * still; the platform itself then takes the first answer alone.
 */
export async function answerOnce<Answer>(call: Answerable<Answer>, options: AnswerOnceOptions): Promise<'sent' | 'left-to-another'> {
  const claimed = await claim(call, options);
  if (claimed.state === 'running') return 'left-to-another';
  if (claimed.state === 'finished') {
    await call.send(call.read(claimed.detail));
    return 'sent';
  }
  const answer = await call.answer();
  if (claimed.fence !== undefined && !(await write(call, { answer, fence: claimed.fence }, options))) return 'left-to-another';
  await call.send(answer);
  return 'sent';
}

type Claimed =
  | { readonly state: 'mine'; readonly fence: number | undefined }
  | { readonly state: 'running' }
  | { readonly state: 'finished'; readonly detail: string };

async function claim<Answer>(call: Answerable<Answer>, { journal, log }: AnswerOnceOptions): Promise<Claimed> {
  try {
    const begun = await journal?.begin({ ...stepOf(call), holder: call.holder, holdMs: call.holdMs, signal: patience(call) });
    if (begun === undefined) return { state: 'mine', fence: undefined };
    if (begun.state === 'fresh') return { state: 'mine', fence: begun.fence };
    if (begun.state === 'finished' && begun.detail !== undefined) return { state: 'finished', detail: begun.detail };
    log.info('call left to another delivery', { state: begun.state });
    return { state: 'running' };
  } catch (error) {
    log.warn('journal could not be read', { reason: messageOf(error) });
    return { state: 'mine', fence: undefined };
  }
}

/** @returns whether this delivery is still the one to answer */
async function write<Answer>(
  call: Answerable<Answer>,
  { answer, fence }: { readonly answer: Answer; readonly fence: number },
  { journal, log }: AnswerOnceOptions,
): Promise<boolean> {
  try {
    const finished = await journal?.finish({
      ...stepOf(call),
      fence,
      outcome: 'answered',
      detail: JSON.stringify(answer),
      signal: patience(call),
    });
    return finished !== 'lost';
  } catch (error) {
    log.warn('journal could not be written', { reason: messageOf(error) });
    return true;
  }
}

function patience({ holdMs }: Pick<Answerable<unknown>, 'holdMs'>): AbortSignal {
  return AbortSignal.timeout(Math.ceil(Math.min(LONGEST_JOURNAL_MS, Math.max(0, holdMs) * JOURNAL_SHARE)));
}

/** Ids of hooks are longer than a key may be. */
function stepOf({ job, key, round }: Pick<Answerable<unknown>, 'job' | 'key' | 'round'>): Step {
  return { job, key: key.length <= 64 ? key : createHash('sha256').update(key).digest('hex'), step: String(round) };
}
