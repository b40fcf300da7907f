import { median } from '../median.ts';
import type { Sample } from './contestants.ts';
import type { Load } from './load.ts';

/** One contestant with one number of jobs, in all rounds. */
export interface Run {
  readonly load: Load;
  readonly jobs: number;
  readonly contestant: string;
  readonly samples: readonly Sample[];
}

/** Medians of the rounds. */
export interface Figures {
  readonly load: string;
  readonly jobs: number;
  readonly contestant: string;
  readonly wallMs: number;
  readonly requestsMs: number;
  readonly perSecond: number;
  readonly peakRssMb: number;
}

export function figuresOf({ load, jobs, contestant, samples }: Run): Figures {
  const middle = (of: (sample: Sample) => number): number => median(samples.map(of));
  const requestsMs = middle((sample) => sample.requestsMs);
  return {
    load: load.name,
    jobs,
    contestant,
    wallMs: middle(({ wallMs }) => wallMs),
    requestsMs,
    perSecond: (load.checks * 1_000) / requestsMs,
    peakRssMb: middle(({ peakRssMb }) => peakRssMb),
  };
}

export interface Bar {
  readonly promise: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Latency is nobody's work, so only the number of checks at a time counts; of many requests, half of what the fastest reaches at its best. */
export function barsOf(figures: readonly Figures[], [latency, throughput]: readonly [Load, Load]): readonly Bar[] {
  const ours = ({ contestant }: Figures): boolean => contestant === 'nightshift';
  const waited = figures.find((each) => ours(each) && each.load === latency.name)?.requestsMs ?? Number.NaN;
  const many = figures.filter(({ load }) => load === throughput.name);
  const best = (of: readonly Figures[]): number => Math.max(...of.map(({ perSecond }) => perSecond));
  const share = best(many.filter(ours)) / best(many.filter((each) => !ours(each)));
  return [
    { promise: `${latency.name} take 350 ms at most after the start-up`, measured: `${waited.toFixed(0)} ms`, met: waited <= 350 },
    { promise: `${throughput.name} at half the rate of the fastest other or more`, measured: share.toFixed(2), met: share >= 0.5 },
  ];
}
