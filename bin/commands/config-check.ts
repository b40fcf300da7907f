import { explainStage } from '../../lib/configuration/explain.ts';
import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { readSuites, type SuiteRemark } from '../../lib/configuration/read-suites.ts';
import { remarkLine } from '../../lib/configuration/remark-line.ts';
import { stagesOf } from '../../lib/configuration/stage.ts';
import { suitePath } from '../../lib/configuration/suite-path.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { explanationText } from '../config-view.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readSources } from '../manifests/source.ts';
import { terminalOf } from '../terminal.ts';

/** `nightshift config check [FILE]`: every problem with its place (exit code 2), or what the stages of a good file come to; its suites are read as well. */
export async function configCheck(context: CommandContext, file: string): Promise<ExitCode> {
  const { io, output } = context;
  const result = readConfiguration(await readText(file, io));
  if (!result.ok) return tellProblems(context, file, result.problems);
  const suites = await readSuites(result, (suite) => readSuiteText(suitePath(file, suite), io));
  if (!suites.ok) return tellProblems(context, file, suites.problems);
  const warnings = [...result.warnings, ...suites.warnings].map((warning) => withPath(file, warning));
  for (const warning of warnings) output.warn(remarkLine(warning.file ?? file, warning));
  const stages = stagesOf(result.configuration, suites.documents).map((stage) => explainStage(stage, io.clock.now()));
  await output.result({ file, stages, warnings }, () => explanationText(file, stages, terminalOf(io.stdout, io.env)));
  return ExitCode.done;
}

async function tellProblems({ output }: CommandContext, file: string, found: readonly SuiteRemark[]): Promise<ExitCode> {
  const problems = found.map((problem) => withPath(file, problem));
  const inSuites = problems.some((problem) => problem.file !== undefined) ? `${file}, with its suites,` : file;
  const message = `${inSuites} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`;
  const error = { code: 'bad_input', message, hint: 'correct the lines that are named' };
  await output.result({ error, problems }, () => problems.map((problem) => remarkLine(problem.file ?? file, problem)).join('\n'));
  output.error(message);
  return ExitCode.usage;
}

/** A suite's file as it is seen from here. */
function withPath(file: string, remark: SuiteRemark): SuiteRemark {
  return remark.file === undefined ? remark : { ...remark, file: suitePath(file, remark.file) };
}

/** @throws BadInputError that says why it cannot be read */
async function readSuiteText(file: string, io: CommandContext['io']): Promise<string> {
  const [source] = await readSources([file], io);
  if (source === undefined || source.found) throw new BadInputError(`${file} cannot be read: it is a directory`);
  return source.text;
}

/** @throws BadInputError when there is no such file */
async function readText(file: string, io: CommandContext['io']): Promise<string> {
  const sources = await readSources([file], io).catch((error: unknown) => {
    const missing =
      error instanceof BadInputError && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT';
    throw missing ? new BadInputError(error.message, { cause: error, hint: 'make one with nightshift init, or name another' }) : error;
  });
  const [source] = sources;
  if (source === undefined || (file !== '-' && source.name !== file))
    throw new BadInputError(`${file} cannot be read: it is a directory`, { hint: 'name the file in it' });
  return source.text;
}
