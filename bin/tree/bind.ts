import type { Command } from 'commander';
import type { CommandAction } from '../context.ts';

/** Runs a command's work with its arguments and flags; given by `main`, which owns the process around it. */
export type Runner = (load: () => Promise<CommandAction<never>>, args: readonly unknown[]) => Promise<void>;

/**
 * Ties a command of the tree to the module that does its work, which is imported only when the command runs.
 * The work gets the positional arguments as the parser left them, then the flags.
 */
export function bind(command: Command, run: Runner, load: () => Promise<CommandAction<never>>): Command {
  return command.action((...received: unknown[]) => {
    // The parser appends the command's flags and the command itself to the positional arguments.
    return run(load, [...received.slice(0, -2), flagsOf(command)]);
  });
}

/** The command's own flags over those that stood before its name. */
function flagsOf(command: Command): Record<string, unknown> {
  const outer = command.parent ? flagsOf(command.parent) : {};
  return { ...outer, ...command.opts() };
}
