import type { SleepPolicy } from '../../../../lib/sleep/policy.ts';
import type { Intent } from '../../../../lib/sleep/wanted.ts';
import type { Flavour, Time } from './flavours.ts';

/** An object as a decision meets it: its size, and its record when it has one that can be read. */
export interface State {
  readonly size: number;
  readonly record: number | undefined;
}

export interface Situation {
  readonly scaled: boolean;
  readonly workload: Flavour;
  readonly namespace: Flavour;
  /** The schedule of the configuration. */
  readonly configuration: Flavour;
  readonly policy: Pick<SleepPolicy, 'excludedSleepers'>;
  readonly intent: Intent;
  readonly time: Time;
}

/** What a run without trouble makes of an object: the rules once more, in the words of the specification. */
export function expectedAfter(state: State, situation: Situation): State {
  const owed = state.record !== undefined && state.size < state.record;
  const awake: State = owed ? { size: state.record, record: undefined } : withoutStaleRecord(state);
  const wish = wishOf(situation);
  switch (wish) {
    case 'excluded':
      return situation.policy.excludedSleepers === 'wake' ? awake : state;
    case 'up':
      return awake;
    case 'leave':
      return state;
    case 'down':
      return asleep(state, owed, situation);
    default:
      return wish satisfies never;
  }
}

type Wish = 'excluded' | 'up' | 'down' | 'leave';

function wishOf({ scaled, workload, namespace, configuration, intent, time }: Situation): Wish {
  const scopes = [workload, namespace, configuration];
  if (scopes.some(({ excluded }) => excluded)) return 'excluded';
  if (scopes.some(({ unreadable, badCount }) => unreadable || (scaled && badCount))) return 'up';
  const forced = scopes.find((scope) => scope.forced)?.forced?.[time];
  if (forced) return forced;
  if (intent === 'sleep') return 'down';
  if (intent === 'wake') return 'up';
  return scopes.find(({ schedule }) => schedule)?.schedule?.[time] ?? 'up';
}

function withoutStaleRecord(state: State): State {
  return state.record === state.size ? { size: state.size, record: undefined } : state;
}

function asleep(state: State, owed: boolean, { scaled, workload, namespace }: Situation): State {
  const keeps = scaled ? (workload.keeps ?? namespace.keeps ?? 0) : 0;
  if (state.size <= keeps || workload.young || namespace.young) return state;
  return { size: keeps, record: owed ? state.record : state.size };
}
