import { type Command, Option } from 'commander';
import { OUTPUT_FORMATS, type OutputFormat } from '../output.ts';
import { duration } from './values.ts';

export interface GlobalFlags {
  readonly output?: OutputFormat;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** On the root and on every command, so that they may stand before and after the command's name. */
export function addGlobalFlags(command: Command): Command {
  return command
    .optionsGroup('Global options:')
    .addOption(new Option('-o, --output <format>', 'how the result is printed').choices(OUTPUT_FORMATS))
    .addOption(new Option('--verbose', 'tell on standard error what is done, request by request').conflicts('quiet'))
    .option('--quiet', 'only the result, warnings and errors')
    .option('--timeout <duration>', 'stop starting new work after this time, as in 90s, 5m or 1h', duration)
    .helpOption('-h, --help', 'show this help');
}
