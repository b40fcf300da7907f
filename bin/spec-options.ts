import type { TimeSpecOptions } from '../lib/schedule/time-spec.ts';
import type { SpecFlags } from './flags/schedule.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How time specs are read: by the flags, else by the environment. An empty variable is one that is not set. */
export function specOptions(flags: SpecFlags, env: Environment): TimeSpecOptions {
  const defaultTimeZone = flags.defaultTimezone ?? (env.DEFAULT_TIMEZONE || undefined);
  const defaultWeekframe = flags.defaultWeekframe ?? (env.DEFAULT_WEEKFRAME || undefined);
  return {
    dialect: flags.dialect ?? 'nightshift',
    ...(defaultTimeZone === undefined ? {} : { defaultTimeZone }),
    ...(defaultWeekframe === undefined ? {} : { defaultWeekframe }),
  };
}
