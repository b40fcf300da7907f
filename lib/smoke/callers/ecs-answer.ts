import type { Fields } from '../../kubernetes/fields.ts';
import { TOKEN_DETAIL } from './ecs-event.ts';
import type { Standing } from './standing.ts';

/** What ECS takes from a lifecycle hook; anything else, and a throw, rolls the deployment back. */
export interface EcsAnswer {
  readonly hookStatus: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  /** Seconds. */
  readonly callBackDelay?: number;
  readonly hookDetails?: Fields;
}

/** The rollout is looked at for minutes in each call; between two calls nothing is gained by waiting. */
const DELAY_SECONDS = 5;
/** A control plane or a network that is out of reach gets time. */
const LONG_DELAY_SECONDS = 30;

/** @param token what the next call of this proof has to know; absent when there is none */
export function ecsAnswer({ kind }: Pick<Standing, 'kind'>, details: Fields, token?: string): EcsAnswer {
  if (kind === 'passed') return { hookStatus: 'SUCCEEDED' };
  if (token === undefined) return { hookStatus: 'FAILED' };
  const callBackDelay = kind === 'unavailable' ? LONG_DELAY_SECONDS : DELAY_SECONDS;
  return { hookStatus: 'IN_PROGRESS', callBackDelay, hookDetails: { ...details, [TOKEN_DETAIL]: token } };
}
