import { median } from '../median.ts';
import { CONTESTANTS, type ContestantName, type Spent } from './contestants.ts';
import type { RequestCounts } from './request-counts.ts';

/** `again`: sleep once more, when all are asleep already. */
export const PHASES = ['sleep', 'again', 'wake'] as const;
export type Phase = (typeof PHASES)[number];

/** One contestant in one phase of one round. */
export interface Sample extends Spent {
  readonly requests: RequestCounts;
}

export type Round = Readonly<Record<ContestantName, Readonly<Record<Phase, Sample>>>>;

/** Medians over the rounds of one contestant in one phase. */
export interface Figures extends Spent {
  readonly phase: Phase;
  readonly contestant: ContestantName;
  readonly requests: RequestCounts;
  /** The ceiling's time over its own, each within one round: 1 is as fast. */
  readonly ofCeiling: number;
}

export function figuresOf(rounds: readonly Round[]): readonly Figures[] {
  return PHASES.flatMap((phase) => CONTESTANTS.map((contestant) => figures(rounds, phase, contestant)));
}

function figures(rounds: readonly Round[], phase: Phase, contestant: ContestantName): Figures {
  const over = (of: (round: Round) => number): number => median(rounds.map(of));
  const middle = (of: (sample: Sample) => number): number => over((round) => of(round[contestant][phase]));
  const verbs = new Set(rounds.flatMap((round) => Object.keys(round[contestant][phase].requests)));
  return {
    phase,
    contestant,
    ms: middle(({ ms }) => ms),
    ofCeiling: over((round) => round.ceiling[phase].ms / round[contestant][phase].ms),
    requests: Object.fromEntries([...verbs].map((verb) => [verb, middle(({ requests }) => requests[verb] ?? 0)])),
    bytesIn: middle(({ bytesIn }) => bytesIn),
    bytesOut: middle(({ bytesOut }) => bytesOut),
    connections: middle(({ connections }) => connections),
    cpuMs: middle(({ cpuMs }) => cpuMs),
    peakRssMb: middle(({ peakRssMb }) => peakRssMb),
  };
}

/** The middle value; of an even number the lower one of the two in the middle. */
