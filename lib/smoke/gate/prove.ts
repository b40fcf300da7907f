import type { KubernetesClient } from '../../kubernetes/client.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Deadline } from '../../platform/deadline.ts';
import type { Prober } from '../probes/run-probe.ts';
import type { Suite } from '../suite/suite.ts';
import type { VariablePlaces } from '../variables/variable-places.ts';
import { type DigestSources, type ExpectedRelease, expectedRelease } from './expected-release.ts';
import type { Claim, Proof } from './proof.ts';
import { isOut } from './proof.ts';
import { runChecks } from './run-checks.ts';
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
  const rolledOut =
    question.target === undefined ? proof : await rollOut({ ...question, target: question.target }, expected, { proof, world });
  const goesOn = rolledOut.unfinished === undefined && (rolledOut.rollout === undefined || isOut(rolledOut.rollout));
  if (!goesOn || rolledOut.identity?.proven === false || question.suite === undefined) return rolledOut;
  const { isEnough, deadlineMs } = timeFor(question.suite.deadlineMs, {
    wholeMs,
    callMs: world.deadline.remainingMs(),
    leftMs: question.leftMs,
  });
  if (question.inSteps && !isEnough) return { ...rolledOut, unfinished: 'the suite begins with the next call, which has the time for it' };
  return { ...rolledOut, suite: await runChecks({ ...question, suite: question.suite }, expected, { world, deadlineMs }) };
}

type RollOut = typeof import('./roll-out.ts')['rollOut'];

/** The verdict over rollouts is loaded by a proof of one. */
const rollOut: RollOut = async (...asked) => (await import('./roll-out.ts')).rollOut(...asked);

function claimOf({ target, suite, app }: ProofQuestion, { version, digest }: ExpectedRelease): Claim {
  return {
    ...(target && { target }),
    ...(suite && { suite: suite.name }),
    ...(app !== undefined && { app }),
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
  };
}
