import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import { readSuiteFile } from '../smoke/read-suite-file.ts';

/** `nightshift smoke check FILE`: every problem of a suite with its place (exit code 2), or what a good one would do. */
export async function smokeCheck({ io, output }: CommandContext, file: string, _flags: GlobalFlags): Promise<ExitCode> {
  const { name, checks, variables, warnings } = await readSuiteFile(file, io);
  for (const warning of warnings) output.warn(warning);
  const document = {
    suite: name,
    checks: checks.map(({ name: check, probe, dependsOn, optional }) => ({ name: check, kind: probe.kind, dependsOn, optional })),
    variables: Object.entries(variables).map(([variable, { kind, secret }]) => ({ name: variable, from: kind, secret })),
    warnings,
  };
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  await output.result(document, () => `${name} is good: ${count(checks.length, 'check')}, ${count(document.variables.length, 'variable')}`);
  return ExitCode.done;
}
