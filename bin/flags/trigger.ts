import { type Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalFlags } from './global.ts';
import { named } from './values.ts';

/** Names with values, in the order of the command line. */
export type Pairs = Readonly<Record<string, string>>;

/** Flags of everything that starts something elsewhere. */
export interface TriggerFlags extends GlobalFlags {
  readonly wait?: boolean;
  readonly cancelOnInterrupt?: boolean;
  readonly summary?: boolean;
  readonly tokenEnv?: string;
  readonly tokenParameter?: string;
}

export interface JenkinsFlags extends TriggerFlags {
  readonly param?: Pairs;
  readonly paramEnv?: Pairs;
  readonly file?: Pairs;
  readonly url?: string;
  readonly user?: string;
  readonly unstableOk?: boolean;
  readonly console?: boolean;
  readonly quietPeriod?: boolean;
  readonly correlationParam?: string;
}

export interface GithubFlags extends TriggerFlags {
  readonly ref?: string;
  readonly input?: Pairs;
  readonly inputEnv?: Pairs;
  readonly baseUrl?: string;
  readonly correlationInput?: string;
  readonly event?: string;
  readonly payload?: string;
}

/** Collects `NAME=VALUE`; the value may be empty and may hold further equal signs. */
export function pair(text: string, previous: Pairs = {}): Pairs {
  const [, name = '', value = ''] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (name.trim() === '') throw new InvalidArgumentError('Give it as NAME=VALUE.');
  if (Object.hasOwn(previous, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...previous, [name]: value };
}

/** What both services have, after their own flags. */
export function addTriggerFlags(command: Command, tokenVariable: string): Command {
  return command
    .optionsGroup('Waiting:')
    .option('--wait', 'wait for the end; exit code 1 when it is not a success (limit: --timeout, or 30m)')
    .option('--cancel-on-interrupt', 'on Ctrl-C stop what was started; without it only the waiting ends')
    .option('--summary', 'add the result to the summary of the GitHub Actions step')
    .optionsGroup('Credentials:')
    .option('--token-env <name>', `environment variable that holds the token (default: ${tokenVariable})`, named)
    .addOption(
      new Option('--token-parameter <name>', 'SSM parameter that holds it; a Secrets Manager secret by /aws/reference/secretsmanager/NAME')
        .argParser(named)
        .conflicts('tokenEnv'),
    );
}
