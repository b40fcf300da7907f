import { expect, it } from 'vitest';
import { barsOf } from '../../../bench/scale/bars.ts';
import type { Phase, Round, Sample } from '../../../bench/scale/figures.ts';

const OBJECTS = 5_000;

function sample(ms: number, patches: number, peakRssMb = 100): Sample {
  return { ms, requests: { LIST: 12, PATCH: patches }, bytesIn: 0, bytesOut: 0, connections: 16, cpuMs: 0, peakRssMb };
}

/** A round in which Nightshift takes `ms`, and the ceiling a second. */
function round({ ms = 1_000, patches = OBJECTS, writesAgain = 0, peakRssMb = 100 }): Round {
  const phases = (of: (phase: Phase) => Sample): Readonly<Record<Phase, Sample>> => ({
    sleep: of('sleep'),
    again: of('again'),
    wake: of('wake'),
  });
  return {
    nightshift: phases((phase) => sample(ms, phase === 'again' ? writesAgain : patches, peakRssMb)),
    ceiling: phases((phase) => sample(1_000, phase === 'again' ? 0 : OBJECTS)),
  } as Round;
}

/** What makes the bench exit with 1. */
const defects = (rounds: readonly Round[]): readonly string[] =>
  barsOf(rounds, OBJECTS)
    .filter(({ met, strict }) => strict && !met)
    .map(({ promise }) => promise);

it('finds no defect in a run as fast and as frugal as promised', () => {
  expect(defects([round({}), round({ ms: 1_240, patches: 5_100 })])).toEqual([]);
});

it.each([
  [
    'slower than 0.8 of the ceiling',
    { ms: 1_300 },
    ["sleep: at least 0.8 of the ceiling's throughput", "wake: at least 0.8 of the ceiling's throughput"],
  ],
  ['with more requests than objects', { patches: 5_101 }, ['at most 1.02 requests per changed object, lists aside']],
  ['that writes when nothing is to be done', { writesAgain: 1 }, ['no write when nothing is to be done']],
  ['that takes too much memory', { peakRssMb: 200 }, ['peak RSS under 200 MB']],
])('calls a run %s defective', (_, how, promises) => {
  expect(defects([round(how)])).toEqual(promises);
});

it('does not call a slow machine a defect', () => {
  const slow = round({ ms: 1_000_000 });
  const equally = { ...slow, ceiling: slow.nightshift } as Round;

  expect(defects([equally])).toEqual([]);
  expect(barsOf([equally], OBJECTS).filter(({ met }) => !met)).toMatchObject([
    { promise: '5000 objects asleep within 8 s', strict: false },
  ]);
});
