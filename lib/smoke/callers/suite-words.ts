import { isFields } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';

/** The longest text that is read as an event; CodePipeline's UserParameters end at 1,000 characters. */
const LONGEST = 10_000;

/**
 * An event in the one short text that a pipeline's configuration has room for: the name of a configured suite, or the JSON of the job's event.
 * The text is not repeated in a problem: it may hold anything.
 */
export function eventOfText(text: string | undefined, where: string): Pick<Call, 'event' | 'problem'> {
  const words = text?.trim() ?? '';
  if (words === '') return { event: {}, problem: `${where} is empty: name a configured suite there, or give the event as JSON` };
  if (words.length > LONGEST) return { event: {}, problem: `${where} is longer than ${LONGEST} characters` };
  if (!words.startsWith('{')) return { event: { suite: words } };
  try {
    const event: unknown = JSON.parse(words);
    return isFields(event) ? { event } : { event: {}, problem: `${where} is no JSON object` };
  } catch {
    return { event: {}, problem: `${where} is neither the name of a suite nor JSON` };
  }
}
