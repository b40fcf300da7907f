import { UsageError } from '../errors.ts';
import type { OutputsFlags, OutputsFormat } from '../flags/terraform.ts';

/** Which format each flag is for. */
const BELONGS: readonly (readonly [flag: keyof OutputsFlags, text: string, formats: readonly OutputsFormat[]])[] = [
  ['prefix', '--prefix', ['env', 'github', 'ssm']],
  ['export', '--export', ['env']],
  ['githubFile', '--github-file', ['github']],
  ['stdout', '--stdout', ['github']],
  ['put', '--put', ['ssm']],
  ['region', '--region', ['ssm']],
];

/** A flag that would do nothing is a mistake in the command. @throws UsageError */
export function checkOutputsFlags(flags: OutputsFlags): void {
  for (const [flag, text, formats] of BELONGS) {
    if (flags[flag] === undefined || (flags.format !== undefined && formats.includes(flags.format))) continue;
    throw new UsageError(`${text} needs --format ${formats.join(', ')}`, { hint: `add --format ${formats[0]}, or leave ${text} out` });
  }
  if (flags.put && flags.prefix === undefined)
    throw new UsageError('--put needs --prefix', { hint: 'say where the parameters go, as in --prefix /shop/dev' });
}
