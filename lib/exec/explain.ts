import { statSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Captured } from './captured.ts';
import type { PreparedCommand } from './command.ts';
import { ExecError } from './exec-error.ts';
import { exitMeaning } from './exit-meanings.ts';

const LONGEST_TAIL = 4_000;
const LONGEST_LAST_WORD = 300;

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The program ended with a code that was not expected, or by a signal. */
export function exitError(command: PreparedCommand, { code, signal }: Exit, stderr: Captured): ExecError {
  const stderrTail = tailOf(stderr, command);
  const failure = code === null ? ({ kind: 'signal', signal: signal ?? 'SIGKILL' } as const) : ({ kind: 'exit', exitCode: code } as const);
  const meaning = code === null ? undefined : exitMeaning(command.program, command.args, code);
  const how = code === null ? `was ended by ${signal ?? 'SIGKILL'}` : `exited with ${code}${meaning ? ` (${meaning.what})` : ''}`;
  return new ExecError(`${command.shown.text} ${how}${lastWord(stderrTail)}`, {
    ...{ command: command.shown, failure, stderrTail },
    hint:
      meaning?.hint ??
      (code === null ? 'find out who ended it: the memory limit, or someone else' : 'read what it said, above all its last lines'),
  });
}

export function timeoutError(command: PreparedCommand, timeoutMs: number, stderr: Captured): ExecError {
  const stderrTail = tailOf(stderr, command);
  return new ExecError(`${command.shown.text} was ended: it was not done after ${timeoutMs / 1000} s${lastWord(stderrTail)}`, {
    ...{ command: command.shown, failure: { kind: 'timeout', timeoutMs }, stderrTail },
    hint: 'give it more time, or find out what it waits for',
  });
}

/** The program was never there. Node's own error is not kept: it holds all arguments. */
export function startError(command: PreparedCommand, { code = 'unknown', syscall = 'spawn' }: NodeJS.ErrnoException): ExecError {
  const { shown, program, cwd } = command;
  const cause = Object.assign(new Error(`${syscall.split(' ')[0]} ${code}`), { code });
  const place = cwd === undefined || statSync(cwd, { throwIfNoEntry: false })?.isDirectory() ? undefined : cwd;
  const fail = (kind: 'not-found' | 'not-permitted', why: string, hint: string): ExecError =>
    new ExecError(`${shown.program} could not be run: ${why}`, { command: shown, failure: { kind }, cause, hint });
  if (code === 'ENOENT' && place !== undefined)
    return fail('not-found', `there is no directory ${place} to run it in`, 'correct the directory');
  if (code === 'ENOENT') return fail('not-found', ...notFound(program, shown.program));
  if (code === 'EACCES')
    return fail('not-permitted', 'permission denied', `make ${shown.program} and the directory it runs in accessible (chmod +x)`);
  return new ExecError(`${shown.program} could not be run: ${code}`, {
    ...{ command: shown, failure: { kind: 'not-started', systemCode: code }, cause },
    hint: code === 'E2BIG' ? 'give the long arguments by a file or standard input' : 'look at the limits of this machine and try again',
  });
}

function notFound(program: string, shown: string): readonly [why: string, hint: string] {
  if (!/[\\/]/.test(program)) return [`there is no program of this name in PATH`, `install ${shown}, or correct PATH`];
  return ['there is no such file, or the interpreter that its first line names is missing', 'correct the path'];
}

/** The end of what was said. A secret that the cap on the output would halve goes with the rest of its line. */
function tailOf(output: Captured, { redactor }: PreparedCommand): string {
  return redactor.tail(stripVTControlCharacters(output.end(4 * redactor.longest)).trimEnd(), LONGEST_TAIL);
}

/** What programs say last is mostly what was wrong. */
function lastWord(stderrTail: string): string {
  const line = stderrTail.split('\n').findLast((each) => /[\p{L}\p{N}]/u.test(each));
  if (line === undefined) return '';
  const clean = line.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return `: ${clean.length <= LONGEST_LAST_WORD ? clean : `${clean.slice(0, LONGEST_LAST_WORD)}…`}`;
}
