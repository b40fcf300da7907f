import type { Clock } from '../../lib/platform/clock.ts';
import { systemClock } from '../../lib/platform/clock.ts';
import type { OpenSession, Session } from '../aws/sessions.ts';

/** Whose keys an endpoint hands out. */
export interface RoleSessionOptions {
  readonly openSession: OpenSession;
  readonly roleArn: string;
  /** Shown in the caller's ARN: an instance id, a task id. */
  readonly sessionName: string;
  /** How long keys live. @default 6 h */
  readonly lifeMs?: number;
  /** New keys are handed out once the old ones have less than this left. @default 10 min */
  readonly renewBeforeMs?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

const MINUTE_MS = 60_000;

/** The keys of a role as an agent of AWS keeps them: the same ones to every caller, and new ones well before they end. */
export function roleSession(options: RoleSessionOptions): () => Session {
  const { openSession, roleArn, sessionName, lifeMs = 360 * MINUTE_MS, renewBeforeMs = 10 * MINUTE_MS, clock = systemClock } = options;
  let current: Session | undefined;
  return () => {
    if (!current || current.expiresAt - clock.now() < renewBeforeMs) {
      current = openSession({ roleArn, sessionName, expiresAt: clock.now() + lifeMs });
    }
    return current;
  };
}

/** Keys in the words of instance metadata and container endpoints. */
export function keysDocument({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: Session): Readonly<Record<string, string>> {
  const Expiration = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration };
}
