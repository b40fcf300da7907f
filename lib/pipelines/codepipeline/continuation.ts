import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';
import { LIMITS } from './fit-result.ts';

/** An action of CodePipeline ends after a day, whatever its jobs say. */
const LONGEST_ACTION_MS = 24 * 3600_000;
/** Clocks of machines differ. */
const SKEW_MS = 5 * 60_000;

const text = z.string().min(1).max(256);

const continuation = z.strictObject({
  /** Of this format. */
  v: z.literal(1),
  runId: text,
  /** When the action began: ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** What comes next, in the words of the job. */
  step: text,
  /** How often the action has been continued, this time included. */
  round: z.int().min(1).max(10_000),
  /** What the step needs to know. No secrets: the pipeline shows it to whoever may read it. */
  state: z.record(z.string().regex(/^\w{1,64}$/), z.union([z.string().max(1024), z.number(), z.boolean()])),
});

/** Where a run that outlives a Lambda function goes on; it travels through CodePipeline and comes back in the next job of the action. */
export type Continuation = Readonly<Omit<z.infer<typeof continuation>, 'v' | 'state'>> & {
  readonly state: Readonly<Record<string, string | number | boolean>>;
};

/** As a token of letters, digits, `-` and `_`. @throws BadInputError for one that is longer than CodePipeline takes, or holds more than is read back */
export function encodeContinuation(value: Continuation): string {
  const checked = continuation.safeParse({ v: 1, ...value });
  const [issue] = checked.error?.issues ?? [];
  if (!checked.success)
    throw new BadInputError(`the job cannot be continued: its ${fieldOf(issue?.path)} does not fit (${issue?.message})`);
  const token = Buffer.from(JSON.stringify(checked.data)).toString('base64url');
  if (token.length <= LIMITS.token) return token;
  throw new BadInputError(
    `the job cannot be continued: its state makes a token of ${token.length} characters, CodePipeline takes ${LIMITS.token}`,
    {
      hint: 'keep less in the continuation: a name of what is stored elsewhere',
    },
  );
}

/**
 * Reads a token back. It comes from outside, and whoever may invoke the function can make one up: nothing in it is trusted beyond its form, and nothing
 * that a caller could not ask for directly may depend on it. That is why it is not signed.
 * @param now epoch ms: a token from the future, or older than an action lives, is refused
 * @throws BadInputError
 */
export function decodeContinuation(token: string, now: number): Continuation {
  const parsed = continuation.safeParse(documentIn(token));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const version = issue?.path[0] === 'v' ? '; it may be of another release of Nightshift' : '';
    throw unreadable(`its ${fieldOf(issue?.path)} is not what it should be${version}`);
  }
  const { v: _, ...value } = parsed.data;
  const age = now - Date.parse(value.startedAt);
  if (age < -SKEW_MS) throw unreadable('it is from the future');
  if (age > LONGEST_ACTION_MS + SKEW_MS) throw unreadable('it is older than an action can be');
  return value;
}

function documentIn(token: string): unknown {
  if (token.length > LIMITS.token) throw unreadable(`it has more than ${LIMITS.token} characters`);
  if (!/^[\w-]+$/.test(token)) throw unreadable('it has characters that no token of ours has');
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw unreadable('it holds no document');
  }
}

function fieldOf(path: readonly PropertyKey[] | undefined): string {
  return path?.map(String).join('.') || 'content';
}

function unreadable(why: string): BadInputError {
  return new BadInputError(`the continuation token cannot be read: ${why}`, { hint: 'start the action again' });
}
