import { shellQuote } from '../exec/shell-quote.ts';
import type { TerraformOutput } from './outputs.ts';
import { plainText } from './plain-text.ts';
import { variableNames } from './variable-names.ts';

/** What a format wrote, and what it could not. */
export interface Formatted {
  readonly text: string;
  /** Names of outputs that are null, which the format has no word for. */
  readonly left: readonly string[];
}

export interface EnvOptions {
  /** Before every name. */
  readonly prefix?: string;
  /** `export` for the programs that the shell starts. */
  readonly exported?: boolean;
}

/** Assignments that any POSIX shell reads back to exactly the values. @throws RefusedError for names and values that no shell can hold */
export function envFormat(outputs: readonly TerraformOutput[], { prefix = '', exported = false }: EnvOptions = {}): Formatted {
  const texts = outputs.map((output) => ({ name: output.name, text: plainText(output) }));
  const written = texts.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const variables = variableNames(
    written.map(({ name }) => name),
    prefix,
  );
  const lines = written.map(({ name, text }) => `${exported ? 'export ' : ''}${variables.get(name)}=${shellQuote(text)}\n`);
  return { text: lines.join(''), left: texts.filter(({ text }) => text === undefined).map(({ name }) => name) };
}
