import { type Command, Option } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addSpecFlags } from '../flags/schedule.ts';
import { instant, wholeNumber } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

const SPEC = 'time spec, as in "Mon-Fri 07:00-19:00 Europe/Berlin"';

export function addScheduleCommands(program: Command, run: Runner): void {
  const schedule = program.command('schedule').description('ask a time spec when it holds');

  const test = schedule
    .command('test')
    .description('does a time spec hold at an instant? (exit code 1 when it does not)')
    .argument('<spec>', SPEC);
  test.addOption(atOption());
  addExamples(addGlobalFlags(addSpecFlags(test)), [
    ['nightshift schedule test "Mon-Fri 07:00-19:00 Europe/Berlin" --at 2026-03-30T16:59:59Z', 'is Berlin at work at that instant?'],
    ['DEFAULT_TIMEZONE=Europe/Paris nightshift schedule test "Mon-Fri 08:00-20:00"', 'is Paris at work now?'],
  ]);
  bind(test, run, async () => (await import('../commands/schedule-test.ts')).scheduleTest);

  const next = schedule.command('next').description('when does a time spec start and stop to hold?').argument('<spec>', SPEC);
  next.addOption(atOption()).option('--count <n>', 'how many changes to show (default: 5)', wholeNumber(1, 10_000));
  addExamples(addGlobalFlags(addSpecFlags(next)), [
    ['nightshift schedule next "Mon-Fri 07:00-19:00 Europe/Berlin" --count 10', 'the next ten edges, across clock changes'],
    ['nightshift schedule next "Mon-Fri 20:00-08:00 UTC" --dialect py -o json', 'what py-kube-downscaler makes of an overnight span'],
  ]);
  bind(next, run, async () => (await import('../commands/schedule-next.ts')).scheduleNext);
}

function atOption(): Option {
  return new Option('--at <instant>', 'the instant, ISO 8601 with a zone (default: now)').argParser(instant);
}
