import { type Command, Option } from 'commander';
import { DIALECTS, type Dialect } from '../../lib/schedule/time-spec.ts';

/** How time specs are read. */
export interface SpecFlags {
  readonly dialect?: Dialect;
  readonly defaultTimezone?: string;
  readonly defaultWeekframe?: string;
}

export function addSpecFlags(command: Command): Command {
  return command
    .optionsGroup('Time specs:')
    .addOption(
      new Option('--dialect <name>', 'whose reading counts where the downscalers disagree (default: nightshift)').choices(DIALECTS),
    )
    .option('--default-timezone <zone>', 'IANA zone of specs that name none (env: DEFAULT_TIMEZONE)')
    .option('--default-weekframe <days>', 'weekdays of specs that name none, as in Mon-Fri (env: DEFAULT_WEEKFRAME)');
}
