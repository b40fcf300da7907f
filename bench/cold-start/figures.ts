import { median } from '../median.ts';
import type { Opened, Sample } from './sample.ts';

/** Medians over the rounds of one contestant. Ratios are medians of each round's own, so that a busy minute is busy for both. */
export interface Figures extends Sample {
  readonly name: string;
  readonly opened: Opened;
  /** Time to first poll over the bare handler's. */
  readonly toBare: number;
  /** Time to first poll over the obvious bundle's; undefined where there is none. */
  readonly toObvious: number | undefined;
}

export interface Measured {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly opened: Opened;
}

/** Samples at the same place belong to the same round. */
export function figuresOf({ name, samples, opened }: Measured, bare: Measured, obvious?: Measured): Figures {
  const middle = (of: (sample: Sample) => number): number => median(samples.map(of));
  const ratio = (to: Measured): number =>
    median(samples.map(({ firstPollMs }, round) => firstPollMs / (to.samples[round]?.firstPollMs ?? Number.NaN)));
  return {
    name,
    opened,
    firstPollMs: middle(({ firstPollMs }) => firstPollMs),
    firstPollCpuMs: middle(({ firstPollCpuMs }) => firstPollCpuMs),
    firstAnswerMs: middle(({ firstAnswerMs }) => firstAnswerMs),
    peakRssMB: middle(({ peakRssMB }) => peakRssMB),
    toBare: ratio(bare),
    toObvious: obvious && ratio(obvious),
  };
}
