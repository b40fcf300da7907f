import { Argument, type Command } from 'commander';
import { COMPLETE_COMMAND, SHELLS } from '../completion.ts';
import type { CommandAction } from '../context.ts';
import { addGlobalFlags } from '../flags/global.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

export function addCompletionCommand(program: Command, run: Runner): void {
  const completion = program
    .command('completion')
    .description('print a completion script for your shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS));
  addExamples(addGlobalFlags(completion), [
    ['eval "$(nightshift completion bash)"', 'in ~/.bashrc'],
    ['nightshift completion fish | source', 'in ~/.config/fish/config.fish'],
  ]);
  bind(completion, run, async () => (await import('../commands/completion.ts')).completion);

  const complete = program.command(COMPLETE_COMMAND, { hidden: true }).argument('[words...]');
  bind(complete, run, async (): Promise<CommandAction<[readonly string[]]>> => {
    const module = await import('../commands/completion.ts');
    return (context, words) => module.complete(context, program, words);
  });
}
