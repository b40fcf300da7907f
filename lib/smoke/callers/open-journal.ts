import { messageOf } from '../../platform/errors.ts';
import type { Journal } from '../../records/journal.ts';
import type { Desk } from './answer-caller.ts';

/** The journal, or none where it cannot be opened: the platform has to be answered all the same. */
export async function openJournal({ answers, log }: Pick<Desk, 'answers' | 'log'>): Promise<Journal | undefined> {
  try {
    return await answers.journal();
  } catch (error) {
    log.warn('journal could not be opened', { reason: messageOf(error) });
    return undefined;
  }
}
