import fc from 'fast-check';
import { configurationFlavours, type PolicyWish } from './configuration.ts';
import { type Flavour, flavours } from './flavours.ts';
import type { HistoryWish } from './history.ts';
import type { ObjectWish, Start } from './objects.ts';
import type { Edit, FaultWish, RunStep, Step } from './steps.ts';

const flavour = fc.constantFrom(...flavours);
const size = fc.nat({ max: 5 });
const kind = fc.constantFrom('Deployment', 'StatefulSet', 'CronJob');
const intent = fc.constantFrom('schedule', 'sleep', 'wake');
const time = fc.constantFrom('day', 'night');
const rarely = fc.nat({ max: 9 }).map((number) => number === 9);

const policy: fc.Arbitrary<PolicyWish> = fc.record({
  configuration: fc.constantFrom(...configurationFlavours),
  excludedSleepers: fc.constantFrom('wake', 'keep'),
  stateFormat: fc.constantFrom('py', 'go'),
  events: fc.constantFrom('none', 'problems', 'changes'),
});

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
  const cluster = fc.record({
    namespaces: fc.array(flavour, { minLength: 1, maxLength: 2 }),
    objects: fc.array(object, { minLength: 1, maxLength: 4 }),
  });
  return fc.tuple(cluster, policy).map(([places, wish]) => ({ ...places, ...wish }));
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
  fc.record({ edit: fc.constantFrom('forget record', 'garble record', 'touch', 'delete', 'other tool wakes'), object }),
  fc.record({ edit: fc.constant('other tool sleeps'), object, format: fc.constantFrom('py', 'go') }),
  fc.record({ edit: fc.constantFrom('annotate', 'annotate namespace'), object, flavour }),
);

const at = fc.integer({ min: 1, max: 14 });
const trouble: fc.Arbitrary<FaultWish> = fc.record({
  at,
  fault: fc.constantFrom('crash-before', 'crash-after', 'refused', 'lost', 'repeated', 'time is up'),
});
const slowness: fc.Arbitrary<FaultWish> = fc.record({ at, fault: fc.constant('slow'), turns: fc.integer({ min: 1, max: 30 }) });
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

/** What goes wrong while a run is restored. */
export const restoreTroubles: fc.Arbitrary<readonly FaultWish[]> = fc.array(trouble, { maxLength: 3 });
const restoreTroublesAndEdits = fc.array(fc.oneof(trouble, interference), { maxLength: 3 });
const restoreStep: fc.Arbitrary<Step> = fc.record({
  step: fc.constant('restore'),
  run: fc.nat({ max: 9 }),
  faults: restoreTroublesAndEdits,
});

function togetherOf(fault: fc.Arbitrary<FaultWish>): fc.Arbitrary<Step> {
  const runs = fc.array(runOf(fc.oneof(fault, slowness)), { minLength: 2, maxLength: 3 });
  return fc.record({ step: fc.constant('together'), runs });
}

/** Anything may happen, at any call of a run and between runs. */
export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: runOf(fc.oneof(trouble, overlap, interference)) },
    { weight: 4, arbitrary: fc.record({ step: fc.constant('edit'), edit }) },
    { weight: 2, arbitrary: togetherOf(fc.oneof(trouble, interference)) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('reconfigure'), policy }) },
    { weight: 1, arbitrary: restoreStep },
  ),
  { minLength: 1, maxLength: 7 },
);

/** Runs that fail and overlap in every way; no person touches anything. */
export const troubledRuns: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: runOf(fc.oneof(trouble, overlap)) }, { weight: 1, arbitrary: togetherOf(trouble) }),
  { minLength: 1, maxLength: 4 },
);

/** Restores among what people and runs do to a cluster that went to sleep. */
export const restoresAndEdits: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ step: fc.constant('edit'), edit }) },
    { weight: 2, arbitrary: restoreStep },
    { weight: 1, arbitrary: runOf(trouble) },
  ),
  { minLength: 2, maxLength: 8 },
);
