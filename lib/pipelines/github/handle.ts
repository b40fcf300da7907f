import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';

const schema = z.strictObject({
  v: z.literal(1),
  service: z.literal('github'),
  server: z.url(),
  repository: z.string().min(3),
  target: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('run'), run: z.int().min(1) }),
    z.strictObject({ by: z.literal('id'), workflow: z.string().min(1), id: z.string().min(8), since: z.iso.datetime() }),
  ]),
});

/** All that is needed to ask about a dispatched run later, from anywhere: plain JSON, without a secret. */
export interface GithubHandle {
  readonly v: 1;
  readonly service: 'github';
  /** Base URL of the API. */
  readonly server: string;
  readonly repository: string;
  readonly target: GithubTarget;
}

/** A run by its number, or, where the server named none, by the unique id that was sent with it. */
export type GithubTarget =
  | { readonly by: 'run'; readonly run: number }
  | {
      readonly by: 'id';
      readonly workflow: string;
      readonly id: string;
      /** ISO 8601: no run of ours is older. */
      readonly since: string;
    };

/** @throws BadInputError when it is no handle of a GitHub run */
export function parseGithubHandle(value: unknown): GithubHandle {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadInputError(`this is no handle of a GitHub run: ${parsed.error.issues[0]?.path.join('.') || 'its shape'} is wrong`, {
    hint: 'give the handle as the dispatch returned it',
  });
}
