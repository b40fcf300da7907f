import { type AwsIdentity, awsIdentity } from '../../lib/aws/identity.ts';
import { knownRegion } from '../../lib/aws/known-region.ts';
import { sourceText } from '../../lib/aws/source-text.ts';
import type { RoleToAssume } from '../../lib/aws/target.ts';
import { tellingTraffic } from '../../lib/platform/traffic.ts';
import { commandLog } from '../command-log.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { askCluster, namedClusters } from '../whoami/clusters.ts';
import { type WhoamiDocument, whoamiDocument } from '../whoami/document.ts';
import type { WhoamiFlags } from '../whoami/flags.ts';
import { DEFAULT_LIMIT_MS, limitOf } from '../whoami/limit.ts';
import { whoamiText } from '../whoami/view.ts';

/** STS answers in every region; this is the one where it does so for an account without any. */
const ANY_REGION = 'us-east-1';

/** `nightshift whoami`: the identity behind the credentials that the AWS SDK's chain finds. Prints no key and no token, and stores nothing. */
export async function whoami({ io, output }: CommandContext, flags: WhoamiFlags): Promise<ExitCode> {
  const role = roleOf(flags);
  const targets = await namedClusters(flags, io.env);
  const region = flags.region === undefined ? await knownRegion(io.env) : ({ name: flags.region, from: '--region' } as const);
  const env = region === undefined ? io.env : { ...io.env, AWS_REGION: region.name };
  const log = await commandLog(io, { job: 'whoami', verbose: flags.verbose ?? false });
  const limitMs = flags.timeout ?? DEFAULT_LIMIT_MS;
  const signal = limitOf(limitMs, io.signal);
  const [identity, clusters] = await tellingTraffic(log, async () => {
    const known = await awsIdentity({ region: region?.name ?? ANY_REGION, env, signal, ...(role && { role }) });
    return [known, await Promise.all(targets.map((target) => askCluster(target, { io: { ...io, env }, log, signal, limitMs })))] as const;
  });
  warnOfOther(identity, env, output);
  const document = whoamiDocument({ identity, region, role: role?.arn, clusters });
  await output.result(document, () => whoamiText(document, io.clock.now()));
  return outcomeOf(document, output);
}

/** The SDK passes over a profile that gives nothing, and says nothing of it. */
function warnOfOther({ source }: AwsIdentity, { AWS_PROFILE: profile }: CommandContext['io']['env'], output: Output): void {
  if (!profile || source.kind === 'profile') return;
  output.warn(`profile ${profile} gave no credentials; the AWS SDK went on and took those from ${sourceText(source)}`);
}

function roleOf({ roleArn, externalId }: WhoamiFlags): RoleToAssume | undefined {
  if (roleArn !== undefined) return { arn: roleArn, ...(externalId !== undefined && { externalId }) };
  if (externalId === undefined) return undefined;
  throw new UsageError('--external-id belongs to a role, and no --role-arn is given', { hint: 'add --role-arn ARN' });
}

/** A cluster that does not answer is the negative check of a command that has said all the rest. */
function outcomeOf({ clusters = [] }: WhoamiDocument, output: Output): ExitCode {
  const failed = clusters.filter((cluster) => 'error' in cluster);
  for (const { name, error, hint } of failed) output.error(`${name}: ${error}${hint === undefined ? '' : `; ${hint}`}`);
  return failed.length > 0 ? ExitCode.failed : ExitCode.done;
}
