import type { Notifier } from '../../lib/notify/notifier.ts';
import { commandLog } from '../command-log.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type FunctionName, functions } from '../functions.ts';
import type { Invocable, Invoked, InvokeFlags } from '../invoke/invoked.ts';
import { invokedJob } from '../invoke/job.ts';
import type { Io } from '../io.ts';
import { progressLine } from '../progress.ts';
import { readDocumentFile } from '../read-document-file.ts';
import { finish } from '../report-view.ts';

/** `nightshift invoke FUNCTION`: one run of a function, with its own event and environment. */
export async function invoke(context: CommandContext, name: FunctionName, flags: InvokeFlags): Promise<ExitCode> {
  const { io } = context;
  const event = flags.event === undefined ? {} : await readDocumentFile(flags.event, 'the event', io.stdin);
  const invoked = await ready(await functions[name](), { event, flags, io });
  const progress = progressLine(io, { quiet: flags.quiet ?? false });
  try {
    const report = await invoked.run({
      env: io.env,
      clock: io.clock,
      signal: io.signal,
      log: await commandLog(io, { job: invoked.name, verbose: flags.verbose ?? false }),
      progress: progress.report,
      notify: () => channel(io),
      ...(flags.dryRun && { dryRun: true }),
      ...(flags.timeout !== undefined && { budgetMs: flags.timeout }),
    });
    progress.done();
    return await finish(context, report, { table: true });
  } finally {
    progress.done();
  }
}

/** Who hears of a failed run of the function hears of this one too, unless it is Ctrl-C that ended it. */
async function channel({ env, clock, signal }: Io): Promise<Notifier | undefined> {
  if (signal.aborted) return undefined;
  const { failureNotifier } = await import('../../lib/notify/failure-notifier.ts');
  const { processParameters } = await import('../../lib/platform/process-parameters.ts');
  return failureNotifier(env, { parameters: processParameters, clock });
}

interface Invocation {
  readonly event: unknown;
  readonly flags: InvokeFlags;
  readonly io: Io;
}

async function ready(loaded: Invocable, { event, flags, io }: Invocation): Promise<Invoked> {
  return 'prepare' in loaded ? loaded.prepare(event, flags, io) : invokedJob(loaded.job, event, flags);
}
