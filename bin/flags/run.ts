import { type Command, Option } from 'commander';
import { addConnectionFlags, type ConnectionFlags } from './connection.ts';
import type { GlobalFlags } from './global.ts';
import { addPolicyFlags, type PolicyFlags } from './policy.ts';
import { addPriceFlags, type PriceFlags } from './prices.ts';
import { instant, named, wholeNumber } from './values.ts';

/** Where plans and originals are kept. */
export interface StateFlags {
  readonly stateDir?: string;
  readonly stateBucket?: string;
  readonly statePrefix?: string;
}

/** Flags of the commands that look at a cluster. */
export interface RunFlags extends GlobalFlags, ConnectionFlags, PolicyFlags, PriceFlags, StateFlags {
  /** Epoch milliseconds. */
  readonly at?: number;
  readonly concurrency?: number;
}

/** What a restore may be told about its cluster. */
export interface RestoreChoice {
  /** It is the one of the ledger, built anew under its old name. */
  readonly clusterRecreated?: boolean;
}

/** Flags of the commands that change one. */
export interface ChangeFlags extends RunFlags, RestoreChoice {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function addRunFlags(command: Command): Command {
  return addStateFlags(addPriceFlags(addPolicyFlags(addConnectionFlags(command))));
}

export function atOption(): Option {
  return new Option('--at <instant>', 'decide as if it were this instant, ISO 8601 with a zone (default: now)').argParser(instant);
}

export function addChangeFlags(command: Command): Command {
  return command
    .option('--dry-run', 'show what would be done and change nothing')
    .option('-y, --yes', 'do not ask before changing anything');
}

export function addStateFlags(command: Command): Command {
  return command
    .optionsGroup('Plans and originals:')
    .option('--state-dir <directory>', 'keep them here (default: $XDG_STATE_HOME/nightshift or ~/.local/state/nightshift)', named)
    .addOption(new Option('--state-bucket <bucket>', 'keep them in this S3 bucket').conflicts('stateDir').argParser(named))
    .option('--state-prefix <prefix>', 'key prefix in the bucket')
    .optionsGroup('Pace:')
    .option('--concurrency <n>', 'writes in flight per cluster (default: 16)', wholeNumber(1, 64));
}
