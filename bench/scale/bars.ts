import { figuresOf, PHASES, type Phase, type Round, type Sample } from './figures.ts';

/** A promise and what was measured. */
export interface Bar {
  readonly promise: string;
  readonly measured: string;
  readonly met: boolean;
  /** Counts hold on any machine, and so does a ratio to a ceiling of the same round: a miss is a defect. Times depend on who else is at work. */
  readonly strict: boolean;
}

const LEAST_THROUGHPUT = 0.8;
const MOST_REQUESTS = 1.02;
const MOST_RSS_MB = 200;
const MOST_SLEEP_MS = 8_000;
/** The number of objects that the time bar speaks of. */
const SLEEP_BAR_OBJECTS = 5_000;

/** Judges Nightshift's side of the rounds. Counts and memory by the worst round, times by the median. */
export function barsOf(rounds: readonly Round[], objects: number): readonly Bar[] {
  const worst = (phases: readonly Phase[], of: (sample: Sample) => number): number =>
    Math.max(...rounds.flatMap(({ nightshift }) => phases.map((phase) => of(nightshift[phase]))));
  const perObject = worst(['sleep', 'wake'], (sample) => requestsBesideLists(sample) / objects);
  const writes = worst(['again'], requestsBesideLists);
  const peakRssMb = worst(PHASES, (sample) => sample.peakRssMb);
  const ours = figuresOf(rounds).filter(({ contestant }) => contestant === 'nightshift');
  const median = (phase: Phase) => ours.find((figures) => figures.phase === phase);
  const sleepMs = median('sleep')?.ms ?? Number.NaN;
  const ratio = (phase: Phase): Bar => {
    const ofCeiling = median(phase)?.ofCeiling ?? Number.NaN;
    const promise = `${phase}: at least ${LEAST_THROUGHPUT} of the ceiling's throughput`;
    return { promise, measured: ofCeiling.toFixed(2), met: ofCeiling >= LEAST_THROUGHPUT, strict: true };
  };
  return [
    {
      promise: `at most ${MOST_REQUESTS} requests per changed object, lists aside`,
      measured: perObject.toFixed(3),
      met: perObject <= MOST_REQUESTS,
      strict: true,
    },
    { promise: 'no write when nothing is to be done', measured: String(writes), met: writes === 0, strict: true },
    { promise: `peak RSS under ${MOST_RSS_MB} MB`, measured: `${peakRssMb.toFixed(0)} MB`, met: peakRssMb < MOST_RSS_MB, strict: true },
    ratio('sleep'),
    ratio('wake'),
    ...(objects === SLEEP_BAR_OBJECTS
      ? [
          {
            promise: `${SLEEP_BAR_OBJECTS} objects asleep within ${MOST_SLEEP_MS / 1000} s`,
            measured: `${(sleepMs / 1000).toFixed(1)} s`,
            met: sleepMs <= MOST_SLEEP_MS,
            strict: false,
          },
        ]
      : []),
  ];
}

function requestsBesideLists({ requests }: Sample): number {
  return Object.entries(requests).reduce((sum, [verb, count = 0]) => (verb === 'LIST' ? sum : sum + count), 0);
}
