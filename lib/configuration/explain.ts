import { WEEKDAYS } from '../schedule/weekdays.ts';
import { weeklyEdges } from '../schedule/weekly-edges.ts';
import { explainSmoke, type SmokeExplanation } from './explain-smoke.ts';
import { nextStates, type ScheduleState, wantedNow } from './next-states.ts';
import type { Routes } from './schema.ts';
import { type SleepSection, sleepSectionSchema, TIME_SPEC_WORDS } from './sleep-section.ts';
import type { StageCluster, StageConfig } from './stage.ts';
import { timeSpecsOf } from './time-specs.ts';

/** A wall-clock time at which the schedule runs the function. */
export interface ExplainedEdge {
  readonly days: readonly string[];
  /** `07:00` */
  readonly at: string;
  readonly zone: string;
}

/** What a stage comes to, for people and programs; times are ISO 8601 in UTC. */
export interface StageExplanation {
  readonly stage: string;
  readonly prefix: string;
  readonly account?: string;
  readonly region?: string;
  readonly clusters: readonly StageCluster[];
  readonly schedule: Readonly<Record<string, string>>;
  readonly now: { readonly state: ScheduleState; readonly reason: string };
  readonly next: readonly { readonly at: string; readonly to: ScheduleState }[];
  readonly runs: { readonly edges: readonly ExplainedEdge[]; readonly everyMinutes: number };
  /** The words of the policy that differ from their default. */
  readonly policy: Readonly<Record<string, unknown>>;
  readonly routes: Routes;
  readonly smoke: SmokeExplanation;
  readonly vpc?: string;
}

const SHOWN_CHANGES = 3;

/** @param now epoch milliseconds */
export function explainStage(config: StageConfig, now: number): StageExplanation {
  const { stage, prefix, account, region, clusters, sleep, routes, smoke, vpc } = config;
  return {
    stage,
    prefix,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    clusters,
    schedule: scheduleOf(sleep),
    now: wantedNow(sleep, now),
    next: nextStates(sleep, now, SHOWN_CHANGES).map(({ at, to }) => ({ at: new Date(at).toISOString().replace('.000Z', 'Z'), to })),
    runs: { edges: edgesOf(sleep), everyMinutes: sleep.reconcileMinutes },
    policy: differingWords(sleep),
    routes,
    smoke: explainSmoke(smoke),
    ...(vpc && { vpc: vpc.id }),
  };
}

function scheduleOf(sleep: SleepSection): Readonly<Record<string, string>> {
  return Object.fromEntries(
    TIME_SPEC_WORDS.flatMap((word) => {
      const value = sleep[word];
      return value === undefined ? [] : [[word, value]];
    }),
  );
}

function edgesOf(sleep: SleepSection): readonly ExplainedEdge[] {
  return weeklyEdges(timeSpecsOf(sleep)).map(({ zone, minute, days }) => ({
    days: WEEKDAYS.filter((_, day) => days[day]),
    at: `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`,
    zone,
  }));
}

function differingWords(sleep: SleepSection): Readonly<Record<string, unknown>> {
  const usual: Readonly<Record<string, unknown>> = sleepSectionSchema.parse({});
  const elsewhere: readonly string[] = [...TIME_SPEC_WORDS, 'reconcileMinutes'];
  const words = Object.entries(sleep).filter(([word]) => !elsewhere.includes(word));
  return Object.fromEntries(words.filter(([word, value]) => JSON.stringify(value) !== JSON.stringify(usual[word])));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
