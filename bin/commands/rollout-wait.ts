import { createConnector } from '../../lib/connect/connector.ts';
import { deadlineIn } from '../../lib/platform/deadline.ts';
import { tellingTraffic } from '../../lib/platform/traffic.ts';
import { type Identity, type IdentityOptions, proveIdentity } from '../../lib/rollout/live/identity.ts';
import { type Judge, kstatusJudge, kubectlJudge, verdictJudge } from '../../lib/rollout/live/judge.ts';
import type { RolloutTarget } from '../../lib/rollout/live/target.ts';
import { type RolloutResult, waitForRollout } from '../../lib/rollout/live/wait.ts';
import type { StatusMode } from '../../lib/rollout/status/modes.ts';
import type { Verdict } from '../../lib/rollout/verdict/outcome.ts';
import { withRegion } from '../aws-region.ts';
import { commandLog } from '../command-log.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { RolloutFlags, Workload } from '../flags/rollout.ts';
import { placeOf } from '../rollout/place.ts';
import { reasonText, rolloutText } from '../rollout/view.ts';

/** Of a wait without --timeout. */
const DEFAULT_TIMEOUT_MS = 5 * 60_000;
/** The calls of one look that do not wait for each other. */
const CALLS = 4;

const JUDGES: Readonly<Record<StatusMode, Judge>> = { verdict: verdictJudge(), kstatus: kstatusJudge, kubectl: kubectlJudge };

/** `nightshift rollout wait KIND/NAME`: exit code 0 when it is out, 1 when it failed, is blocked or not out in time. */
export async function rolloutWait(context: CommandContext, { kind, name }: Workload, flags: RolloutFlags): Promise<ExitCode> {
  const { io, output } = context;
  checkDigest(kind, flags);
  const { cluster, namespace } = await placeOf(flags, io.env);
  const target: RolloutTarget = { kind, namespace, name };
  const log = await commandLog(io, { job: 'rollout', verbose: flags.verbose ?? false });
  const env = await withRegion(io.env, flags);
  const deadline = deadlineIn(flags.timeout ?? DEFAULT_TIMEOUT_MS, io.clock);
  const { result, identity } = await tellingTraffic(log, async () => {
    const client = await createConnector().openCluster(cluster, { env, clock: io.clock, log, deadline }, CALLS);
    const common = { client, clock: io.clock, deadline, signal: io.signal };
    try {
      const judge = JUDGES[flags.mode ?? 'verdict'];
      const onChange = (verdict: Verdict): void => tell(context, target, verdict);
      const rolledOut = await waitForRollout(target, {
        ...common,
        judge,
        onChange,
        ...(flags.image !== undefined && { image: flags.image }),
      });
      return { result: rolledOut, identity: await identityOf(target, rolledOut, { flags, common }) };
    } finally {
      client.close();
    }
  });
  for (const line of [...result.warnings, ...(identity?.warnings ?? [])]) output.warn(line);
  await output.result({ ...result, ...(identity && { identity }) }, () => rolloutText(result, identity));
  return isOut(result) && identity?.proven !== false ? ExitCode.done : ExitCode.failed;
}

function checkDigest(kind: Workload['kind'], { container, digest }: RolloutFlags): void {
  if (container !== undefined && digest === undefined) {
    throw new UsageError('--container says what --digest is about, and there is none', { hint: 'add --digest, or leave both out' });
  }
  if (kind === 'Job' && digest !== undefined) {
    throw new UsageError('the pods of a job that is done have ended, and answer to nobody', {
      hint: 'leave --digest out; --image tells the job apart',
    });
  }
}

/** Progress, a line for each change; the end is told by the result. */
function tell({ output }: CommandContext, { kind, name }: RolloutTarget, { outcome, reasons }: Verdict): void {
  const own = `${kind}/${name}`;
  if (outcome === 'waiting') output.note(`${own}: ${reasons.map((reason) => reasonText(reason, own)).join('; ')}`);
}

function isOut({ status }: RolloutResult): boolean {
  return status === 'done' || status === 'degraded';
}

async function identityOf(
  target: RolloutTarget,
  result: RolloutResult,
  { flags, common }: { readonly flags: RolloutFlags; readonly common: Omit<IdentityOptions, 'expected'> },
): Promise<Identity | undefined> {
  if (flags.digest === undefined || !isOut(result)) return undefined;
  const { digest: digests, container } = flags;
  return proveIdentity(target, { ...common, expected: [{ digests, ...(container !== undefined && { container }) }] });
}
