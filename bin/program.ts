import { Command } from 'commander';
import { addGlobalFlags } from './flags/global.ts';
import type { Runner } from './tree/bind.ts';
import { addChangeCommands } from './tree/change-commands.ts';
import { addCompletionCommand } from './tree/completion-command.ts';
import { addConfigurationCommands } from './tree/configuration-commands.ts';
import { addExamples } from './tree/examples.ts';
import { addLocalCommands } from './tree/local-commands.ts';
import { addManifestCommands } from './tree/manifest-commands.ts';
import { addPlanCommand } from './tree/plan-command.ts';
import { addRolloutCommands } from './tree/rollout-commands.ts';
import { addScheduleCommands } from './tree/schedule-commands.ts';
import { addSmokeCommands } from './tree/smoke-commands.ts';
import { addStatusCommand } from './tree/status-command.ts';
import { addTerraformCommands } from './tree/terraform-commands.ts';
import { addTriggerCommands } from './tree/trigger-commands.ts';
import { addWhoamiCommand } from './tree/whoami-command.ts';
import { version } from './version.ts';

export interface ProgramOptions {
  readonly run: Runner;
  /** Help and version, on their way to standard output. */
  readonly print: (text: string) => void;
  /** Help that is shown because something was missing. */
  readonly complain: (text: string) => void;
  /** Width of the terminal in characters. */
  readonly columns: number;
}

/** The whole command tree, without any of the modules that do the work. It throws instead of ending the process. */
export function createProgram({ run, print, complain, columns }: ProgramOptions): Command {
  const program = new Command('nightshift')
    .description('Puts dev Kubernetes workloads to sleep when nobody works and wakes them before people come back.')
    .exitOverride()
    // Errors are printed by the caller, in the format that the command line asks for.
    .configureOutput({
      writeOut: print,
      writeErr: complain,
      outputError: () => {},
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    })
    .configureHelp({ showGlobalOptions: false })
    // So that a command may have a flag of the same name as one of the root.
    .enablePositionalOptions();
  addGlobalFlags(program).version(version, '-V, --version', 'show the version');
  addPlanCommand(program, run);
  addChangeCommands(program, run);
  addScheduleCommands(program, run);
  addStatusCommand(program, run);
  addRolloutCommands(program, run);
  addSmokeCommands(program, run);
  addManifestCommands(program, run);
  addTriggerCommands(program, run);
  addTerraformCommands(program, run);
  addConfigurationCommands(program, run);
  addWhoamiCommand(program, run);
  addLocalCommands(program, run);
  addCompletionCommand(program, run);
  return addExamples(program, [
    [
      'nightshift plan --default-downtime "Mon-Fri 19:00-07:00 Europe/Berlin"',
      'what would change on the current context now, and why; changes nothing',
    ],
    ['nightshift schedule next "Mon-Fri 07:00-19:00 Europe/Berlin"', 'when does it start and end?'],
    ['nightshift sandbox', 'watch an embedded cluster go to sleep and wake up'],
  ]);
}
