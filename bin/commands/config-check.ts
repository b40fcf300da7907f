import { explainStage } from '../../lib/configuration/explain.ts';
import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { remarkLine } from '../../lib/configuration/remark-line.ts';
import { stagesOf } from '../../lib/configuration/stage.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { explanationText } from '../config-view.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readSources } from '../manifests/source.ts';
import { terminalOf } from '../terminal.ts';

/** `nightshift config check [FILE]`: every problem with its place (exit code 2), or what the stages of a good file come to. */
export async function configCheck({ io, output }: CommandContext, file: string): Promise<ExitCode> {
  const result = readConfiguration(await readText(file, io));
  if (!result.ok) {
    const { problems } = result;
    const message = `${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`;
    const error = { code: 'bad_input', message, hint: 'correct the lines that are named' };
    await output.result({ error, problems }, () => problems.map((problem) => remarkLine(file, problem)).join('\n'));
    output.error(message);
    return ExitCode.usage;
  }
  for (const warning of result.warnings) output.warn(remarkLine(file, warning));
  const stages = stagesOf(result.configuration).map((stage) => explainStage(stage, io.clock.now()));
  await output.result({ file, stages, warnings: result.warnings }, () => explanationText(file, stages, terminalOf(io.stdout, io.env)));
  return ExitCode.done;
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
