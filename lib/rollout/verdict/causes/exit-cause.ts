import { type Fields, integerAt, textAt } from '../../../kubernetes/fields.ts';
import { tidy } from './tidy.ts';

const CODES: Readonly<Record<number, string>> = {
  126: 'the command cannot be executed',
  127: 'the command was not found',
  134: 'aborted',
  137: 'killed',
  139: 'segmentation fault',
  143: 'terminated',
};

/** How a container ended, from its `terminated` state: `exited with code 1: cannot open config`. */
export function exitCause(terminated: Fields, memoryLimit: string | undefined): string {
  const code = integerAt(terminated, 'exitCode');
  const reason = textAt(terminated, 'reason');
  if (reason === 'OOMKilled') return `out of memory (${memoryLimit === undefined ? 'no memory limit' : `memory limit ${memoryLimit}`})`;
  const message = tidy(textAt(terminated, 'message') ?? '');
  const meaning = code === undefined ? undefined : CODES[code];
  const how = code === undefined ? (reason ?? 'ended') : `exited with code ${code}${meaning === undefined ? '' : ` (${meaning})`}`;
  return message === '' ? how : `${how}: ${message}`;
}
