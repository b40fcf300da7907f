import type { Command } from 'commander';

/** Each example is what a person types, and why. */
export function addExamples(command: Command, examples: readonly (readonly [line: string, why: string])[]): Command {
  const text = examples.map(([line, why]) => `  # ${why}\n  ${line}`).join('\n\n');
  return command.addHelpText('after', `\nExamples:\n${text}`);
}
