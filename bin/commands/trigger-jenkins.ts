import { randomUUID } from 'node:crypto';
import { cancelJenkins } from '../../lib/pipelines/jenkins/cancel.ts';
import { type JenkinsClient, jenkinsClient } from '../../lib/pipelines/jenkins/client.ts';
import { undeclaredParameters } from '../../lib/pipelines/jenkins/declared-parameters.ts';
import { type JenkinsTrigger, triggerJenkins } from '../../lib/pipelines/jenkins/trigger.ts';
import { type Mask, maskOf, secretValues } from '../../lib/pipelines/mask.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { JenkinsFlags } from '../flags/trigger.ts';
import { fileParameters, secretLines } from '../trigger/files.ts';
import { follow, isSuccess } from '../trigger/follow.ts';
import { type JenkinsRun, jenkinsResult } from '../trigger/jenkins-result.ts';
import { deadlineOf, sendOf, warnOfClearText } from '../trigger/session.ts';
import { summarise } from '../trigger/summary.ts';
import { merged, tokenOf, valuesFromEnv } from '../trigger/token.ts';
import { watchJenkins } from '../trigger/watch-jenkins.ts';

/** `nightshift trigger jenkins JOB`: starts a build, and with --wait fails when it does. */
export async function triggerJenkinsJob(context: CommandContext, job: string, flags: JenkinsFlags): Promise<ExitCode> {
  const { output } = context;
  const deadline = deadlineOf(flags, context);
  const { client, trigger, mask } = await prepare(context, job, flags);
  const patience = { remainingMs: () => deadline.remainingMs() };
  const undeclared = await undeclaredParameters(client, job, trigger, patience);
  if (undeclared.length > 0) output.warn(`${job} declares no parameter ${undeclared.join(', ')}: Jenkins leaves it out`);
  context.io.signal.throwIfAborted();
  // Ctrl-C does not cut this one short: nobody would know whether something was started.
  const { handle, merged: joined } = await triggerJenkins(client, trigger, patience);
  output.note(joined ? `joined queue item ${handle.queueId}, which waits with the same parameters` : `queued as item ${handle.queueId}`);
  if (!flags.wait) return finish(context, { handle, merged: joined, mask }, flags);

  const watch = watchJenkins(client, handle, { output, mask, console: flags.console ?? false });
  const waited = await follow(context, {
    wait: (signal) => watch.wait(deadline, signal),
    cancel: () => cancelJenkins(client, watch.handle()),
    cancelOnInterrupt: flags.cancelOnInterrupt ?? false,
    name: watch.name,
  });
  return finish(context, { handle: watch.handle(), merged: joined, waited, tail: watch.tail(), mask }, flags);
}

async function prepare(
  context: CommandContext,
  job: string,
  flags: JenkinsFlags,
): Promise<{ readonly client: JenkinsClient; readonly trigger: JenkinsTrigger; readonly mask: Mask }> {
  const { io } = context;
  const url = flags.url ?? io.env.JENKINS_URL;
  const user = flags.user ?? (io.env.JENKINS_USER_ID || io.env.JENKINS_USER);
  if (!url) throw new UsageError('there is no URL of Jenkins', { hint: 'give --url, or set JENKINS_URL' });
  if (!user) throw new UsageError('there is no user for Jenkins', { hint: 'give --user, or set JENKINS_USER_ID' });
  const hidden = valuesFromEnv(flags.paramEnv ?? {}, io);
  const parameters = merged(flags.param, hidden);
  const files = await fileParameters(flags.file);
  const token = await tokenOf(flags, io, ['JENKINS_API_TOKEN']);
  const client = jenkinsClient({ url, auth: { kind: 'token', user, token }, clock: io.clock, send: await sendOf(flags, context) });
  warnOfClearText(client.server, context);
  const secrets = [token.reveal(), ...Object.values(hidden), ...secretValues(parameters), ...secretLines(files)];
  return {
    client,
    trigger: { job, files, quietPeriod: flags.quietPeriod ?? false, ...correlated(parameters, flags) },
    mask: maskOf(secrets),
  };
}

function correlated(parameters: Readonly<Record<string, string>>, { correlationParam: name }: JenkinsFlags): Omit<JenkinsTrigger, 'job'> {
  return name === undefined ? { parameters } : { parameters: { [name]: randomUUID(), ...parameters }, correlation: name };
}

async function finish(context: CommandContext, run: JenkinsRun, flags: JenkinsFlags): Promise<ExitCode> {
  const { document, text, outcome, url } = jenkinsResult(run);
  if (flags.summary) await summarise({ what: `Jenkins ${run.handle.job}`, outcome: outcome ?? 'triggered', url }, context);
  await context.output.result(document, () => text);
  return outcome === undefined || isSuccess(outcome, flags) ? ExitCode.done : ExitCode.failed;
}
