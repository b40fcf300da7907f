import { regionOf } from '../../lib/connect/region.ts';
import { type Deadline, deadlineIn } from '../../lib/platform/deadline.ts';
import { addressPolicy } from '../../lib/smoke/addresses/address-policy.ts';
import { createProber } from '../../lib/smoke/probes/run-probe.ts';
import { oneLine } from '../../lib/smoke/report/words.ts';
import { runSuite } from '../../lib/smoke/run/run-suite.ts';
import type { Variables } from '../../lib/smoke/run/scope.ts';
import type { Suite } from '../../lib/smoke/suite/suite.ts';
import type { SuiteResult } from '../../lib/smoke/suite-result.ts';
import { resolveVariables } from '../../lib/smoke/variables/resolve-variables.ts';
import { commandLog } from '../command-log.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { SmokeRunFlags } from '../flags/smoke.ts';
import { progressLine } from '../progress.ts';
import { readSuiteFile } from '../smoke/read-suite-file.ts';
import { suiteText } from '../smoke/suite-text.ts';
import { variablePlaces } from '../smoke/variable-places.ts';
import { assertReportPlaces, writeReports } from '../smoke/write-reports.ts';
import { terminalOf } from '../terminal.ts';

/** `nightshift smoke run FILE`: asks everything that the suite says, tells how it went, and fails when a required check did not pass. */
export async function smokeRun(context: CommandContext, file: string, flags: SmokeRunFlags): Promise<ExitCode> {
  const { io, output } = context;
  const suite = await readSuiteFile(file, io);
  await assertReportPlaces(flags.report ?? []);
  const deadline = deadlineIn(flags.timeout ?? suite.deadlineMs, io.clock);
  const values = await valuesOf(suite, flags, { context, deadline });
  const result = await ask(suite, { context, flags, values, deadlineMs: deadline.remainingMs() });
  for (const warning of result.warnings) output.warn(warning);
  await output.result(result, () => suiteText(result, terminalOf(io.stdout, io.env)));
  const written = await writeReports(result, flags.report ?? [], output);
  return written && isGood(result, flags) ? ExitCode.done : ExitCode.failed;
}

function isGood({ status }: SuiteResult, { strict }: SmokeRunFlags): boolean {
  return status === 'passed' || (status !== 'failed' && strict !== true);
}

/** Variables are read within the time of the suite. */
async function valuesOf(
  suite: Suite,
  flags: SmokeRunFlags,
  { context: { io }, deadline }: { readonly context: CommandContext; readonly deadline: Deadline },
): Promise<Variables> {
  const log = await commandLog(io, { job: 'smoke', verbose: flags.verbose ?? false });
  const places = await variablePlaces(flags, { io, log, deadline });
  return resolveVariables(suite, places, AbortSignal.any([io.signal, deadline.signal]));
}

interface Asking {
  readonly context: CommandContext;
  readonly flags: SmokeRunFlags;
  readonly values: Variables;
  readonly deadlineMs: number;
}

async function ask(suite: Suite, { context: { io }, flags, values, deadlineMs }: Asking): Promise<SuiteResult> {
  const { clock, signal, env } = io;
  const prober = createProber({
    // Who writes a suite and runs it on a machine of their own may speak to that machine.
    addresses: addressPolicy([...suite.allow, ...(flags.allow ?? [])]),
    clock,
    credentials: async () => (await import('../../lib/aws/process-credentials.ts')).processCredentials(regionOf(env))(),
  });
  const progress = progressLine(io, { quiet: flags.quiet ?? false });
  let done = 0;
  try {
    return await runSuite(suite, {
      prober,
      values,
      clock,
      signal,
      deadlineMs,
      ...(flags.jobs !== undefined && { jobs: flags.jobs }),
      onCheck: ({ name, outcome }) => {
        done++;
        progress.report(done, suite.checks.length, oneLine(`${name}: ${outcome}`));
      },
    });
  } finally {
    progress.done();
    prober.close();
  }
}
