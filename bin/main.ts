import { CommanderError } from 'commander';
import { withProfile } from './aws-profile.ts';
import type { CommandAction, CommandContext } from './context.ts';
import { UsageError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { failureOf, traceOf, UNEXPECTED } from './failure.ts';
import type { ConnectionFlags } from './flags/connection.ts';
import type { GlobalFlags } from './flags/global.ts';
import type { Io } from './io.ts';
import { createOutput, type Output, type OutputFormat, requestedFormat } from './output.ts';
import { createProgram } from './program.ts';
import { version } from './version.ts';

const DEFAULT_COLUMNS = 100;

/**
 * The CLI as a function: one command line in, its exit code out. It never throws and never ends the process.
 * @param argv the words after the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const format = requestedFormat(argv);
  try {
    return await dispatch(argv, io, format);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === UNEXPECTED && argv.includes('--verbose')) io.stderr.write(`${traceOf(error)}\n`);
    await createOutput(io, { format, quiet: false }).failure(failure);
    return failure.exitCode;
  }
}

async function dispatch(argv: readonly string[], io: Io, format: OutputFormat): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.done;
  const printed: string[] = [];
  const complain = (text: string): void => void io.stderr.write(text);
  const program = createProgram({
    run: async (load, args) => {
      exitCode = await perform(load, args, { io, format });
    },
    print: (text) => void printed.push(text),
    complain,
    columns: io.stdout.columns ?? DEFAULT_COLUMNS,
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help' && error.exitCode !== 0) throw noCommand(argv);
    if (error.exitCode !== 0) throw error;
    await printInformation(error.code, printed.join(''), createOutput(io, { format, quiet: false }));
  }
  return exitCode;
}

async function perform(
  load: () => Promise<CommandAction<never>>,
  args: readonly unknown[],
  { io, format }: { readonly io: Io; readonly format: OutputFormat },
): Promise<ExitCode> {
  const flags = args.at(-1) as GlobalFlags & Pick<ConnectionFlags, 'profile'>;
  const context: CommandContext = {
    io: await withProfile(io, flags.profile),
    output: createOutput(io, { format, quiet: flags.quiet ?? false }),
  };
  const action = await load();
  // The parser has made each argument what the command's declaration in the tree says.
  return action(context, ...(args as readonly never[] as never));
}

/** The parser answers a missing command and `help` of an unknown one alike, with the help. */
function noCommand(argv: readonly string[]): UsageError {
  const hint = 'choose one of the commands that --help lists';
  const after = argv.includes('help') ? argv[argv.indexOf('help') + 1] : undefined;
  return new UsageError(after === undefined ? 'no command was given' : `unknown command '${after}'`, { hint });
}

/** Help and version are results too: one document for programs. */
async function printInformation(code: string, text: string, output: Output): Promise<void> {
  const document = code === 'commander.version' ? { version } : { help: text };
  await output.result(document, () => text.trimEnd());
}
