import { isPrivate } from '../../lib/pipelines/http/base-url.ts';
import { type Send, send } from '../../lib/pipelines/http/send.ts';
import { type Deadline, deadlineIn } from '../../lib/platform/deadline.ts';
import { commandLog } from '../command-log.ts';
import type { CommandContext } from '../context.ts';
import type { TriggerFlags } from '../flags/trigger.ts';

/** Of a wait without --timeout. */
const DEFAULT_TIMEOUT_MS = 30 * 60_000;

/** The time budget of the whole command; a trigger without a wait is a matter of seconds. */
export function deadlineOf({ timeout }: TriggerFlags, { io }: CommandContext): Deadline {
  return deadlineIn(timeout ?? DEFAULT_TIMEOUT_MS, io.clock);
}

/** How requests travel: told on standard error with --verbose. */
export async function sendOf({ verbose }: TriggerFlags, { io }: CommandContext): Promise<Send> {
  if (!verbose) return send;
  const { toldSend } = await import('../../lib/pipelines/http/told-send.ts');
  return toldSend(await commandLog(io, { job: 'trigger', verbose }), () => io.clock.now());
}

export function warnOfClearText(url: string, { output }: CommandContext): void {
  if (!isPrivate(url)) output.warn('the URL is not https: the token and all parameters travel in clear');
}
