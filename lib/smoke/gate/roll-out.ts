import { deadlineIn } from '../../platform/deadline.ts';
import { proveIdentity } from '../../rollout/live/identity.ts';
import { waitForRollout } from '../../rollout/live/wait.ts';
import type { ExpectedRelease } from './expected-release.ts';
import { isOut, type Proof } from './proof.ts';
import type { ProofQuestion, ProofWorld } from './prove.ts';
import { templateRelease } from './template-release.ts';
import { proofMs } from './time.ts';

interface Step {
  readonly proof: Proof;
  readonly world: ProofWorld;
}

type Question = ProofQuestion & Required<Pick<ProofQuestion, 'target'>>;

/** Waits for the rollout and proves whose pods it left. */
export async function rollOut(question: Question, expected: ExpectedRelease, { proof, world }: Step): Promise<Proof> {
  const { target, image, inSteps } = question;
  const { clock, onChange } = world;
  const client = await world.openCluster(target.cluster);
  const place = { kind: target.kind, namespace: target.namespace, name: target.name };
  const callMs = proofMs(world.deadline.remainingMs());
  const goesBeyond = question.leftMs > callMs;
  const deadline = deadlineIn(goesBeyond ? callMs : question.leftMs, clock);
  const rollout = await waitForRollout(place, {
    client,
    clock,
    deadline,
    signal: world.deadline.signal,
    ...(image !== undefined && { image }),
    ...(onChange && {
      onChange: ({ outcome, reasons: [first] }) => onChange(`${target.name} ${outcome}: ${first?.message ?? 'as asked'}`),
    }),
  });
  if (!isOut(rollout)) {
    const mayGoOn = rollout.status === 'timeout' && inSteps && goesBeyond;
    const unfinished = rollout.reasons[0]?.message ?? 'the rollout goes on';
    return { ...proof, rollout, ...(mayGoOn && { unfinished }) };
  }
  // A Job's pods have ended and answer to nobody.
  if (target.kind === 'Job') return { ...proof, rollout };
  const { images, warnings } =
    expected.images.length > 0
      ? { images: expected.images, warnings: [] }
      : await templateRelease(place, { client, sources: world.digests, signal: deadline.signal });
  const identity = await proveIdentity(place, { client, clock, deadline, expected: images });
  const unknown = images.length === 0 ? [NO_DIGEST] : [];
  return { ...proof, rollout, identity, warnings: [...proof.warnings, ...warnings, ...unknown, ...identity.warnings] };
}

const NO_DIGEST = 'no digest of the release is known, so which image the pods run was not compared: give version, digest or image';
