import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';

/** What every command runs in. */
export interface CommandContext {
  readonly io: Io;
  readonly output: Output;
}

/** A command's work: its positional arguments, then its flags. Throws typed errors; returns the exit code of a run that has a result. */
export type CommandAction<Args extends readonly unknown[]> = (context: CommandContext, ...args: Args) => Promise<ExitCode>;
