import { UncertainTriggerError } from '../../lib/pipelines/errors.ts';
import { cancelGithub } from '../../lib/pipelines/github/cancel.ts';
import { type GithubClient, githubClient } from '../../lib/pipelines/github/client.ts';
import { dispatchEvent } from '../../lib/pipelines/github/dispatch-event.ts';
import { type Dispatched, dispatchWorkflow } from '../../lib/pipelines/github/dispatch-workflow.ts';
import { maskOf, secretValues } from '../../lib/pipelines/mask.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GithubFlags } from '../flags/trigger.ts';
import { follow, isSuccess } from '../trigger/follow.ts';
import { type GithubRun, githubResult } from '../trigger/github-result.ts';
import { payloadOf } from '../trigger/payload.ts';
import { deadlineOf, sendOf } from '../trigger/session.ts';
import { summarise } from '../trigger/summary.ts';
import { merged, tokenOf, valuesFromEnv } from '../trigger/token.ts';
import { watchGithub } from '../trigger/watch-github.ts';

/** `nightshift trigger github OWNER/REPO WORKFLOW`: starts a run, and with --wait fails when it does. */
export async function triggerGithub(
  context: CommandContext,
  repository: string,
  workflow: string | undefined,
  flags: GithubFlags,
): Promise<ExitCode> {
  if (flags.event !== undefined) return sendEvent(context, repository, workflow, { ...flags, event: flags.event });
  if (workflow === undefined)
    throw new UsageError('no workflow is named', { hint: 'name its file, as in deploy.yml, or send an event with --event' });
  if (flags.ref === undefined) throw new UsageError('no ref is given', { hint: 'name the branch or tag to run on with --ref' });
  if (flags.payload !== undefined) throw new UsageError('--payload is for --event', { hint: 'give a workflow its inputs with --input' });
  const deadline = deadlineOf(flags, context);
  const hidden = valuesFromEnv(flags.inputEnv ?? {}, context.io);
  const inputs = merged(flags.input, hidden);
  const client = await clientOf(context, flags);
  context.io.signal.throwIfAborted();
  const mask = maskOf([...secretValues(inputs), ...Object.values(hidden)]);
  const correlation = flags.correlationInput === undefined ? {} : { correlationInput: flags.correlationInput, alwaysCorrelate: true };
  // Ctrl-C does not cut this one short: nobody would know whether something was started.
  const dispatched = await dispatchWorkflow(
    client,
    { repository, workflow, ref: flags.ref, inputs, follow: flags.wait ?? false, mask, ...correlation },
    { remainingMs: () => deadline.remainingMs() },
  );
  const run = { repository, workflow, handle: dispatched.handle, url: dispatched.url };
  if (!flags.wait) return finish(context, run, flags);

  const watch = watchGithub(client, traceable(dispatched, workflow), context.output);
  const waited = await follow(context, {
    wait: (signal) => watch.wait(deadline, signal),
    cancel: () => cancelGithub(client, watch.handle()),
    cancelOnInterrupt: flags.cancelOnInterrupt ?? false,
    name: () => watch.name(workflow),
  });
  return finish(context, { ...run, handle: watch.handle(), waited }, flags);
}

/** Runs that are followed are started with an id where the server refuses to name them; one may also take the question and not answer it. */
function traceable({ handle }: Dispatched, workflow: string): NonNullable<Dispatched['handle']> {
  if (handle) return handle;
  throw new UncertainTriggerError(`${workflow} was dispatched, and GitHub did not say which run it started`, {
    service: 'github',
    hint: 'look at its runs on GitHub; with --correlation-input, an input that the workflow shows in its run-name, it is found by its id',
  });
}

async function clientOf(context: CommandContext, flags: GithubFlags): Promise<GithubClient> {
  const { io } = context;
  const url = flags.baseUrl ?? io.env.GITHUB_API_URL;
  const token = await tokenOf(flags, io, ['GH_TOKEN', 'GITHUB_TOKEN']);
  return githubClient({ token, clock: io.clock, send: await sendOf(flags, context), ...(url && { url }) });
}

async function sendEvent(
  context: CommandContext,
  repository: string,
  workflow: string | undefined,
  flags: GithubFlags & { readonly event: string },
): Promise<ExitCode> {
  const { event } = flags;
  if (workflow !== undefined || flags.ref !== undefined || flags.input !== undefined || flags.inputEnv !== undefined) {
    throw new UsageError('an event has no workflow, ref or inputs', {
      hint: 'leave them out, or leave out --event; data goes into --payload',
    });
  }
  if (flags.wait)
    throw new UsageError('an event cannot be waited for: GitHub does not say what it starts', { hint: 'dispatch the workflow itself' });
  const deadline = deadlineOf(flags, context);
  const payload = payloadOf(flags.payload);
  const client = await clientOf(context, flags);
  context.io.signal.throwIfAborted();
  await dispatchEvent(client, { repository, event, payload }, { remainingMs: () => deadline.remainingMs() });
  if (flags.summary) await summarise({ what: `${event} to ${repository}`, outcome: 'sent', url: undefined }, context);
  await context.output.result({ service: 'github', repository, event, phase: 'sent' }, () => `sent ${event} to ${repository}`);
  return ExitCode.done;
}

async function finish(context: CommandContext, run: GithubRun, flags: GithubFlags): Promise<ExitCode> {
  const { document, text, outcome, url } = githubResult(run);
  if (flags.summary) await summarise({ what: `${run.workflow} of ${run.repository}`, outcome: outcome ?? 'dispatched', url }, context);
  await context.output.result(document, () => text);
  return outcome === undefined || isSuccess(outcome) ? ExitCode.done : ExitCode.failed;
}
