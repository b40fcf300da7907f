import type { Failure } from './failure.ts';
import type { Io } from './io.ts';

export const OUTPUT_FORMATS = ['text', 'json', 'yaml'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/**
 * Where a command's words go. The result is the only thing on standard output, as exactly one document when the format is json or yaml;
 * whatever is said on the way there goes to standard error.
 */
export interface Output {
  readonly format: OutputFormat;
  /** Called once by a command that succeeded: the document for programs, and for people its text (without a final newline). */
  result(document: unknown, text: () => string): Promise<void>;
  /** Called instead of `result` when the command failed. */
  failure(failure: Failure): Promise<void>;
  /** A line for people; left out with --quiet. */
  note(line: string): void;
  /** Lines that stay with --quiet. */
  warn(line: string): void;
  error(line: string): void;
}

export function createOutput(io: Io, settings: { readonly format: OutputFormat; readonly quiet: boolean }): Output {
  const { format, quiet } = settings;
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  const print = async (document: unknown): Promise<void> => {
    io.stdout.write(format === 'yaml' ? (await import('./yaml-text.ts')).yamlText(document) : `${JSON.stringify(document)}\n`);
  };
  return {
    format,
    async result(document, text) {
      if (format !== 'text') return print(document);
      const body = text();
      if (body !== '') io.stdout.write(`${body}\n`);
    },
    async failure({ code, message, hint }) {
      if (format !== 'text') return print({ error: { code, message, ...(hint === undefined ? {} : { hint }) } });
      say(`error: ${message}`);
      if (hint !== undefined) say(`hint: ${hint}`);
    },
    note(line) {
      if (!quiet) say(line);
    },
    warn: (line) => say(`warning: ${line}`),
    error: (line) => say(`error: ${line}`),
  };
}

/**
 * The format that the command line asks for, found without parsing it: an error of the parser itself must have it too.
 * Anything unknown is text; the parser refuses it.
 */
export function requestedFormat(argv: readonly string[]): OutputFormat {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const values = words.flatMap((word, index) => {
    if (word === '-o' || word === '--output') return [words[index + 1]];
    return /^(?:-o|--output)=?(?<value>[a-z]+)$/.exec(word)?.groups?.value ?? [];
  });
  return OUTPUT_FORMATS.find((format) => format === values.at(-1)) ?? 'text';
}
