import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';

const common = { v: z.literal(1), service: z.literal('jenkins'), server: z.url(), job: z.string().min(1), queueId: z.int().min(0) };

const schema = z.strictObject({ ...common, build: z.int().min(1).optional() });

/**
 * All that is needed to ask about a triggered build later, from anywhere: plain JSON, without a secret. Once the build has a number the handle
 * names it, and no longer depends on what Jenkins keeps of its queue.
 */
export interface JenkinsHandle {
  readonly v: 1;
  readonly service: 'jenkins';
  /** Base URL of the controller. */
  readonly server: string;
  /** Full name, folders first. */
  readonly job: string;
  readonly queueId: number;
  readonly build?: number;
}

/** @throws BadInputError when it is no handle of a Jenkins build */
export function parseJenkinsHandle(value: unknown): JenkinsHandle {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const { build, ...rest } = parsed.data;
    return build === undefined ? rest : { ...rest, build };
  }
  throw new BadInputError(`this is no handle of a Jenkins build: ${parsed.error.issues[0]?.path.join('.') || 'its shape'} is wrong`, {
    hint: 'give the handle as the trigger returned it',
  });
}
