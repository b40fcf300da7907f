import type { KubernetesClient } from '../../kubernetes/client.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Deadline, deadlineIn } from '../../platform/deadline.ts';
import { proveIdentity } from '../../rollout/live/identity.ts';
import { waitForRollout } from '../../rollout/live/wait.ts';
import type { Prober } from '../probes/run-probe.ts';
import { runSuite } from '../run/run-suite.ts';
import type { Suite } from '../suite/suite.ts';
import type { SuiteResult } from '../suite-result.ts';
import { resolveVariables } from '../variables/resolve-variables.ts';
import type { VariablePlaces } from '../variables/variable-places.ts';
import { type DigestSources, type ExpectedRelease, expectedRelease } from './expected-release.ts';
import type { Claim, Proof } from './proof.ts';
import { timeFor } from './time.ts';

/** What is to be proved. */
export interface ProofQuestion {
  readonly target?: NonNullable<Claim['target']>;
  /** The image that the target's pods are to run, as in their template. */
  readonly image?: string;
  readonly suite?: Suite;
  readonly app?: string;
  readonly version?: string;
  readonly digest?: string;
  /** Values for the suite's variables. */
  readonly given: Readonly<Record<string, string>>;
  /** Milliseconds that the whole proof has left, whoever is called how often. */
  readonly leftMs: number;
  /** Whether the caller calls again for what is not finished. */
  readonly inSteps: boolean;
}

/** The ways to what a proof looks at. */
export interface ProofWorld {
  readonly clock: Clock;
  /** Of this call. */
  readonly deadline: Deadline;
  readonly openCluster: (name: string) => Promise<KubernetesClient>;
  readonly digests: DigestSources;
  /** Where variables come from; what is given and the cluster are the proof's own. */
  readonly places: Omit<VariablePlaces, 'given' | 'cluster'>;
  /** The cluster of ConfigMaps and Secrets where no target names one. */
  readonly onlyCluster: string | undefined;
  readonly openProber: (suite: Suite) => Prober;
  readonly onChange?: (line: string) => void;
}

/**
 * Waits for the rollout, proves that its pods run the release and alone answer, and runs the suite; each step only after the one before it.
 * What the cluster or a server says is in the proof; thrown is what kept one from asking: a configuration, a permission, a control plane.
 */
export async function prove(question: ProofQuestion, world: ProofWorld): Promise<Proof> {
  const wholeMs = world.deadline.remainingMs();
  const expected = await expectedRelease(question, world.digests);
  const claim = claimOf(question, expected);
  const proof: Proof = { claim, warnings: expected.warnings };
  if (expected.objection !== undefined) return { ...proof, objection: expected.objection };
  const rolledOut = await rollOut(question, expected, { proof, world });
  const goesOn = rolledOut.unfinished === undefined && (rolledOut.rollout === undefined || isOut(rolledOut.rollout.status));
  if (!goesOn || rolledOut.identity?.proven === false || question.suite === undefined) return rolledOut;
  const { isEnough, deadlineMs } = timeFor(question.suite.deadlineMs, {
    wholeMs,
    callMs: world.deadline.remainingMs(),
    leftMs: question.leftMs,
  });
  if (question.inSteps && !isEnough) return { ...rolledOut, unfinished: 'the suite begins with the next call, which has the time for it' };
  return { ...rolledOut, suite: await check(question.suite, question, { expected, world, deadlineMs }) };
}

interface Step {
  readonly proof: Proof;
  readonly world: ProofWorld;
}

/** Waits for the rollout and proves whose pods it left. */
async function rollOut(question: ProofQuestion, expected: ExpectedRelease, { proof, world }: Step): Promise<Proof> {
  const { target, image, inSteps } = question;
  if (target === undefined) return proof;
  const { clock, onChange } = world;
  const client = await world.openCluster(target.cluster);
  const place = { kind: target.kind, namespace: target.namespace, name: target.name };
  const goesBeyond = question.leftMs > world.deadline.remainingMs();
  const deadline = goesBeyond ? world.deadline : deadlineIn(question.leftMs, clock);
  const rollout = await waitForRollout(place, {
    client,
    clock,
    deadline,
    ...(!goesBeyond && { signal: world.deadline.signal }),
    ...(image !== undefined && { image }),
    ...(onChange && {
      onChange: ({ outcome, reasons: [first] }) => onChange(`${target.name} ${outcome}: ${first?.message ?? 'as asked'}`),
    }),
  });
  if (!isOut(rollout.status)) {
    const mayGoOn = rollout.status === 'timeout' && inSteps && goesBeyond;
    const unfinished = rollout.reasons[0]?.message ?? 'the rollout goes on';
    return { ...proof, rollout, ...(mayGoOn && { unfinished }) };
  }
  // A Job's pods have ended and answer to nobody.
  if (target.kind === 'Job') return { ...proof, rollout };
  const identity = await proveIdentity(place, { client, clock, deadline, expected: expected.images });
  const warnings = expected.images.length === 0 ? [...proof.warnings, NO_DIGEST] : proof.warnings;
  return { ...proof, rollout, identity, warnings: [...warnings, ...identity.warnings] };
}

const NO_DIGEST = 'no digest of the release is known, so which image the pods run was not compared: give version, digest or image';

async function check(
  suite: Suite,
  { given, target }: ProofQuestion,
  { expected, world, deadlineMs }: { readonly expected: ExpectedRelease; readonly world: ProofWorld; readonly deadlineMs: number },
): Promise<SuiteResult> {
  const { clock, deadline, places, onlyCluster, openCluster, openProber } = world;
  const cluster = target?.cluster ?? onlyCluster;
  const values = await resolveVariables(
    suite,
    { ...places, given: givenOf(given, expected), ...(cluster !== undefined && { cluster: () => openCluster(cluster) }) },
    deadline.signal,
  );
  const prober = openProber(suite);
  try {
    return await runSuite(suite, { prober, values, clock, signal: deadline.signal, deadlineMs });
  } finally {
    prober.close();
  }
}

function givenOf(given: Readonly<Record<string, string>>, { version, digest }: ExpectedRelease): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(given),
    ...(version === undefined ? [] : [['expected.version', version] as const]),
    ...(digest === undefined ? [] : [['expected.digest', digest] as const]),
  ]);
}

function claimOf({ target, suite, app }: ProofQuestion, { version, digest }: ExpectedRelease): Claim {
  return {
    ...(target && { target }),
    ...(suite && { suite: suite.name }),
    ...(app !== undefined && { app }),
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
  };
}

function isOut(status: string): boolean {
  return status === 'done' || status === 'degraded';
}
