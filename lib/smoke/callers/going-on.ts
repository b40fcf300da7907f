import type { Checkpoint } from './checkpoint.ts';
import type { Standing } from './standing.ts';

/** Calls in which a control plane or a network that is out of reach gets another chance. */
const MOST_UNAVAILABLE = 5;

/** Whether the platform is asked to call again: the rollout goes on, or what could not be reached may come back, and there is time. */
export function goesOn(
  { kind }: Pick<Standing, 'kind'>,
  { startedAt, round }: Checkpoint,
  { now, timeoutMs }: { readonly now: number; readonly timeoutMs: number },
): boolean {
  if (now - startedAt >= timeoutMs) return false;
  return kind === 'waiting' || (kind === 'unavailable' && round < MOST_UNAVAILABLE);
}
