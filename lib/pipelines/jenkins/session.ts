import * as z from 'zod';
import { readJson } from '../http/read-json.ts';
import type { WireAnswer } from '../http/send.ts';

/** Headers of a session that may change things: the crumb, and the cookies it is bound to. */
export type Session = Readonly<Record<string, string>>;

const crumbSchema = z.object({ crumbRequestField: z.string(), crumb: z.string() });

/**
 * Asks for a crumb. It is good only together with the session that it was given in, so the cookies (those of load balancers too) go with it.
 * A 404 means that the protection is off.
 */
export async function openSession(get: (path: string) => Promise<WireAnswer | undefined>): Promise<Session> {
  const answer = await get('/crumbIssuer/api/json');
  if (!answer) return {};
  const { crumbRequestField, crumb } = readJson(answer, crumbSchema, 'jenkins');
  return { [crumbRequestField]: crumb, ...(answer.cookies.length > 0 && { cookie: answer.cookies.join('; ') }) };
}
