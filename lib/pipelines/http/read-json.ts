import type * as z from 'zod';
import { BadAnswerError, SERVICE_NAMES, type Service } from '../errors.ts';
import type { WireAnswer } from './send.ts';

/**
 * The document of an answer, as far as the schema asks for it.
 * @throws BadAnswerError when it is none: a login page or a proxy's words instead of the API's
 */
export function readJson<T>(answer: WireAnswer, schema: z.ZodType<T>, service: Service): T {
  const parsed = schema.safeParse(jsonOf(answer.body));
  if (parsed.success) return parsed.data;
  throw new BadAnswerError(`${SERVICE_NAMES[service]} gave an answer that its API does not give`, {
    service,
    status: answer.status,
    retryable: false,
    hint: 'check the URL: a proxy or a login page may have answered instead',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
