import type { Command } from 'commander';
import { candidates } from '../candidates.ts';
import { completionScript, type Shell } from '../completion.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

/** `nightshift completion bash|zsh|fish`: the script for the shell's start-up file. */
export async function completion({ output }: CommandContext, shell: Shell): Promise<ExitCode> {
  const script = completionScript(shell);
  await output.result({ shell, script }, () => script);
  return ExitCode.done;
}

/** What the script asks at each Tab. */
export async function complete({ io }: CommandContext, program: Command, words: readonly string[]): Promise<ExitCode> {
  const lines = candidates(program, words).map(({ value, description }) => (description === '' ? value : `${value}\t${description}`));
  io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return ExitCode.done;
}
