import { open } from 'node:fs/promises';
import { BadInputError, messageOf } from '../../lib/platform/errors.ts';
import { githubFormat, maskCommand } from '../../lib/terraform/github-format.ts';
import type { TerraformOutput } from '../../lib/terraform/outputs.ts';
import { plainText } from '../../lib/terraform/plain-text.ts';
import type { CommandContext } from '../context.ts';
import type { OutputsFlags } from '../flags/terraform.ts';

interface GithubOutputs {
  readonly outputs: readonly TerraformOutput[];
  readonly masked: readonly string[];
}

/** Appends to the file that the runner names. Without one, or with --stdout, the blocks are printed; nothing else is, so that they may be redirected. */
export async function writeGithub(context: CommandContext, flags: OutputsFlags, { outputs, masked }: GithubOutputs): Promise<void> {
  const { io, output } = context;
  const { githubFile = 'output', prefix } = flags;
  const variable = githubFile === 'env' ? 'GITHUB_ENV' : 'GITHUB_OUTPUT';
  const { text, left } = githubFormat(outputs, { file: githubFile, ...(prefix !== undefined && { prefix }) });
  if (left.length > 0) output.warn(`left out, because they are null: ${left.join(', ')}`);
  maskInLogs(context, outputs);
  const file = flags.stdout ? undefined : io.env[variable] || undefined;
  const written = outputs.map(({ name }) => name).filter((name) => !left.includes(name));
  if (file === undefined) {
    if (!flags.stdout) output.note(`${variable} is not set: printed instead`);
    await output.result({ format: 'github', variable, text, masked, left }, () => text.replace(/\n$/, ''));
    return;
  }
  await append(file, text, variable);
  output.note(`added ${written.length} outputs to the file of ${variable}`);
  await output.result({ format: 'github', variable, file, written, masked, left }, () => '');
}

/** What is in a step's output is not masked by itself, and ends up in the log of whoever prints it. The runner reads this from standard error too. */
function maskInLogs({ io }: CommandContext, outputs: readonly TerraformOutput[]): void {
  if (io.env.GITHUB_ACTIONS !== 'true') return;
  for (const output of outputs.filter(({ sensitive }) => sensitive)) {
    const text = plainText(output);
    if (text) io.stderr.write(`${maskCommand(text)}\n`);
  }
}

/** In one write. Whoever wrote before us may have forgotten the end of the line. */
async function append(file: string, text: string, variable: string): Promise<void> {
  try {
    const handle = await open(file, 'a+');
    try {
      const { size } = await handle.stat();
      const last = size === 0 ? '\n' : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
      await handle.appendFile(last === '\n' ? text : `\n${text}`);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new BadInputError(`the file of ${variable} cannot be written: ${messageOf(error)}`, {
      cause: error,
      hint: `correct ${variable}, or use --stdout`,
    });
  }
}
