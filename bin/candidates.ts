import type { Argument, Command, Option } from 'commander';
import { FILES } from './completion.ts';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

const FILE_NAMES: Candidate = { value: FILES, description: '' };

/**
 * What may stand at the last of `words` (the words after the program's name; the last one is being typed and may be empty), by the command tree.
 */
export function candidates(program: Command, words: readonly string[]): Candidate[] {
  // bash splits --output=json at the equals sign.
  const typed = words.filter((word, index) => word !== '=' || index === words.length - 1);
  const current = typed.at(-1) === '=' ? '' : (typed.at(-1) ?? '');
  const { command, pending } = walk(program, typed.slice(0, -1));
  if (pending) return startingWith(current, valuesOf(pending));
  if (current.startsWith('-')) return startingWith(current, flagsOf(command));
  return startingWith(current, [...subcommandsOf(command), ...command.registeredArguments.flatMap(valuesOf)]);
}

interface Place {
  readonly command: Command;
  /** The flag whose value is being typed. */
  readonly pending: Option | undefined;
}

function walk(program: Command, words: readonly string[]): Place {
  let command = program;
  let pending: Option | undefined;
  for (const word of words) {
    if (pending) {
      pending = undefined;
      continue;
    }
    const option = command.options.find((each) => each.long === word || each.short === word);
    if (option?.required) pending = option;
    command = command.commands.find((each) => each.name() === word) ?? command;
  }
  return { command, pending };
}

function flagsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function subcommandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ value: each.name(), description: each.description() }));
}

const NAMES_A_FILE = /<(?:file|path|directory)>/;

function valuesOf(place: Option | Argument): Candidate[] {
  if (place.argChoices) return place.argChoices.map((value) => ({ value, description: '' }));
  return NAMES_A_FILE.test('flags' in place ? place.flags : `<${place.name()}>`) ? [FILE_NAMES] : [];
}

function startingWith(prefix: string, all: readonly Candidate[]): Candidate[] {
  return all.filter((candidate) => candidate === FILE_NAMES || candidate.value.startsWith(prefix));
}
