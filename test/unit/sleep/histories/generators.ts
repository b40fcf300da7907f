import fc from 'fast-check';
import { type Flavour, flavours } from './flavours.ts';
import { configurationFlavours, type Edit, type FaultWish, type HistoryWish, type RunStep, type Step } from './history.ts';
import type { ObjectWish, Start } from './objects.ts';

const flavour = fc.constantFrom(...flavours);
const size = fc.nat({ max: 5 });
const kind = fc.constantFrom('Deployment', 'StatefulSet', 'CronJob');
const intent = fc.constantFrom('schedule', 'sleep', 'wake');
const time = fc.constantFrom('day', 'night');
const rarely = fc.nat({ max: 9 }).map((number) => number === 9);

function clusterOf(start: fc.Arbitrary<Start>, flavour: fc.Arbitrary<Flavour>): fc.Arbitrary<HistoryWish> {
  const object: fc.Arbitrary<ObjectWish & { readonly namespace: number }> = fc.record({
    kind,
    flavour,
    size,
    start,
    format: fc.constantFrom('py', 'go'),
    owned: rarely,
    filtered: rarely,
    namespace: fc.nat({ max: 1 }),
  });
  return fc.record({
    namespaces: fc.array(flavour, { minLength: 1, maxLength: 2 }),
    objects: fc.array(object, { minLength: 1, maxLength: 4 }),
    configuration: fc.constantFrom(...configurationFlavours),
    excludedSleepers: fc.constantFrom('wake', 'keep'),
    stateFormat: fc.constantFrom('py', 'go'),
    events: fc.constantFrom('none', 'problems', 'changes'),
  });
}

/** Any cluster at all, some of it put to sleep, or spoilt, by others before. */
export const anyCluster: fc.Arbitrary<HistoryWish> = clusterOf(
  fc.constantFrom('awake', 'asleep', 'half woken', 'stale record', 'scaled up asleep', 'garbled'),
  flavour,
);

/** A cluster that no downscaler has touched yet, and where nobody asks for sleep by day whatever the operator says. */
export const freshCluster: fc.Arbitrary<HistoryWish> = clusterOf(
  fc.constant('awake'),
  fc.constantFrom(...flavours.filter(({ forced }) => forced?.day !== 'down')),
);

const object = fc.nat({ max: 3 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ edit: fc.constantFrom('scale', 'recreate'), object, size }),
  fc.record({ edit: fc.constantFrom('forget record', 'garble record', 'touch', 'delete'), object }),
  fc.record({ edit: fc.constantFrom('annotate', 'annotate namespace'), object, flavour }),
);

const at = fc.integer({ min: 1, max: 14 });
const trouble: fc.Arbitrary<FaultWish> = fc.record({
  at,
  fault: fc.constantFrom('crash-before', 'crash-after', 'refused', 'lost', 'repeated'),
});
const overlap: fc.Arbitrary<FaultWish> = fc.record({ at, fault: fc.constant('another run'), intent, time });
const interference: fc.Arbitrary<FaultWish> = fc.record({ at, fault: fc.constant('edit'), edit });

function runOf(fault: fc.Arbitrary<FaultWish>): fc.Arbitrary<RunStep> {
  return fc.record({
    step: fc.constant('run'),
    intent,
    time,
    faults: fc.array(fault, { maxLength: 3 }),
    redelivered: rarely,
  });
}

/** Anything may happen, at any call of a run and between runs. */
export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: runOf(fc.oneof(trouble, overlap, interference)) },
    { weight: 2, arbitrary: fc.record({ step: fc.constant('edit'), edit }) },
  ),
  { minLength: 1, maxLength: 7 },
);

/** Runs that fail and overlap in every way; no person touches anything. */
export const troubledRuns: fc.Arbitrary<readonly RunStep[]> = fc.array(runOf(fc.oneof(trouble, overlap)), { minLength: 1, maxLength: 4 });
