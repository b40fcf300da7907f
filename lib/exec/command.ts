import { BadInputError } from '../platform/errors.ts';
import { namesSecret } from '../platform/redact.ts';
import { type Redactor, redactorOf } from '../platform/redactor.ts';
import { Secret } from '../platform/secret.ts';
import { environmentOf } from './environment.ts';
import type { ShownCommand } from './exec-error.ts';
import type { RunOptions } from './run.ts';
import { shellWord } from './shell-quote.ts';

/** All that a program is started with, and how of it may be spoken. */
export interface PreparedCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly shown: ShownCommand;
  readonly redactor: Redactor;
}

const LONGEST_SHOWN = 500;
/** A variable called TOKEN that holds `1` or `on` says something about a token. */
const SHORTEST_SECRET_VALUE = 6;

type Words = readonly (string | Secret)[];
type CommandOptions = Pick<RunOptions, 'env' | 'secrets' | 'cwd'>;

/** @throws BadInputError for arguments that no program can be given */
export function commandOf(program: string, words: Words, options: CommandOptions): PreparedCommand {
  const args = words.map(reveal);
  if (program === '' || [program, ...args].some((word) => word.includes('\0')))
    throw new BadInputError('a program cannot be run: its name is empty, or it or an argument holds a NUL', {
      hint: 'correct the command',
    });
  const env = environmentOf(options.env);
  const redactor = redactorOf([...given(words, options), ...secretsIn(env)]);
  return { program, args, env, cwd: options.cwd, redactor, shown: shownCommand(program, args, redactor) };
}

function given(words: Words, { env, secrets = [] }: CommandOptions): readonly string[] {
  const inEnvironment = Object.values(env?.set ?? {}).filter((value) => value instanceof Secret);
  return [...secrets, ...words.filter((word) => word instanceof Secret), ...inEnvironment].map(reveal);
}

/** Paths of files with secrets, whose names do not say so. */
const PLACES: ReadonlySet<string> = new Set(['GOOGLE_APPLICATION_CREDENTIALS', 'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE']);

function secretsIn(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value.length >= SHORTEST_SECRET_VALUE && namesSecret(name) && !PLACES.has(name) ? [value] : [],
  );
}

function shownCommand(program: string, args: readonly string[], redactor: Redactor): ShownCommand {
  const shownArgs = args.map((arg, index) => (followsSecretFlag(args, index) ? '[redacted]' : redactor.text(arg)));
  // Once more as a whole: some credentials are known by the word before them.
  const text = redactor.text([program, ...shownArgs].map((word) => (word.includes('[redacted]') ? word : shellWord(word))).join(' '));
  const cut = text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
  return { program: redactor.text(program), args: shownArgs, text: cut };
}

/** `--password x`, `--from-literal x` no: only flags whose name says it. */
function followsSecretFlag(args: readonly string[], index: number): boolean {
  const before = args[index - 1] ?? '';
  return /^--?[A-Za-z][\w-]*$/.test(before) && namesSecret(before) && !(args[index] ?? '').startsWith('-');
}

function reveal(word: string | Secret): string {
  return word instanceof Secret ? word.reveal() : word;
}
