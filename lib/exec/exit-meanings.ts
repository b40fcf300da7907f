import { basename } from 'node:path';

export interface ExitMeaning {
  readonly what: string;
  readonly hint?: string;
}

interface Convention {
  readonly program: RegExp;
  /** Words of the arguments that make it hold. */
  readonly when?: readonly string[];
  readonly codes: Readonly<Record<number, ExitMeaning>>;
}

/** What exit codes of well-known programs say beyond "failed"; the first that fits counts. */
const CONVENTIONS: readonly Convention[] = [
  {
    program: /^(?:docker|podman|nerdctl)$/,
    when: ['run'],
    codes: {
      125: { what: 'the container was not started', hint: 'see whether the daemon runs, and whether image and flags are right' },
      126: { what: 'the command in the container cannot be executed', hint: 'make it executable in the image, or name another' },
      127: { what: 'the command is not in the container', hint: 'correct the command, or use an image that has it' },
      137: { what: 'the container was killed', hint: 'look at its memory limit, and for who has stopped it' },
    },
  },
  {
    program: /^g?timeout$/,
    codes: {
      124: { what: 'the command was not done in time', hint: 'give it more time, or find out what it waits for' },
      125: { what: 'timeout itself failed', hint: 'correct its flags' },
    },
  },
  {
    program: /.*/,
    codes: {
      126: { what: 'a command in it cannot be executed', hint: 'make it executable' },
      127: { what: 'a command in it was not found', hint: 'install it, or correct PATH' },
      137: { what: 'it was killed: 128 + SIGKILL', hint: 'look at the memory limit, and for who has stopped it' },
      143: { what: 'it was ended: 128 + SIGTERM' },
    },
  },
];

export function exitMeaning(program: string, args: readonly string[], exitCode: number): ExitMeaning | undefined {
  const name = basename(program).replace(/\.exe$/i, '');
  const fitting = CONVENTIONS.filter((each) => each.program.test(name) && (each.when ?? []).every((word) => args.includes(word)));
  return fitting.map(({ codes }) => codes[exitCode]).find((meaning) => meaning !== undefined);
}
