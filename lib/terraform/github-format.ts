import { randomUUID } from 'node:crypto';
import { RefusedError } from '../platform/errors.ts';
import type { Formatted } from './env-format.ts';
import type { TerraformOutput } from './outputs.ts';
import { plainText } from './plain-text.ts';
import { variableNames } from './variable-names.ts';

/** Outputs of a step, or variables for the steps after it. */
export type GithubFile = 'output' | 'env';

export interface GithubOptions {
  readonly file: GithubFile;
  readonly prefix?: string;
  readonly random?: () => string;
}

/**
 * Blocks for `$GITHUB_OUTPUT` or `$GITHUB_ENV`. Each has a random delimiter that is not in its value, so that no value can end its block and set others.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
export function githubFormat(outputs: readonly TerraformOutput[], { file, prefix = '', random = randomUUID }: GithubOptions): Formatted {
  const texts = outputs.map((output) => ({ name: output.name, text: plainText(output) }));
  const written = texts.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const names = written.map(({ name }) => name);
  const keys = file === 'env' ? variableNames(names, prefix) : new Map(names.map((name) => [name, outputName(prefix + name)]));
  const blocks = written.map(({ name, text }) => block(keys.get(name) ?? name, text, random));
  return { text: blocks.join(''), left: texts.filter(({ text }) => text === undefined).map(({ name }) => name) };
}

/** The command that has the runner mask a value, and each of its lines, in all that is logged from here on. */
export function maskCommand(text: string): string {
  return `::add-mask::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`;
}

function block(key: string, text: string, random: () => string): string {
  let delimiter = `nightshift_${random()}`;
  while (text.includes(delimiter)) delimiter = `nightshift_${random()}`;
  return `${key}<<${delimiter}\n${text}\n${delimiter}\n`;
}

/** Terraform allows no others; a document that was made by hand might. */
function outputName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return name;
  throw new RefusedError(`${JSON.stringify(name)} cannot be the name of a step's output`, {
    hint: 'rename the output, or give another --prefix',
  });
}
