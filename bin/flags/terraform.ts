import { type Command, InvalidArgumentError, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../../lib/terraform/plan/fail-on.ts';
import { addProfileFlag } from './connection.ts';
import type { GlobalFlags } from './global.ts';
import { named, repeated } from './values.ts';

export const OUTPUTS_FORMATS = ['json', 'env', 'github', 'values', 'ssm'] as const;
export type OutputsFormat = (typeof OUTPUTS_FORMATS)[number];

export interface OutputsFlags extends GlobalFlags {
  readonly filename?: string;
  readonly dir?: string;
  readonly program?: string;
  readonly name?: readonly string[];
  readonly showSensitive?: boolean;
  readonly format?: OutputsFormat;
  readonly prefix?: string;
  readonly export?: boolean;
  readonly githubFile?: 'output' | 'env';
  readonly stdout?: boolean;
  readonly put?: boolean;
  readonly region?: string;
}

export interface TerraformPlanFlags extends GlobalFlags {
  readonly filename: string;
  readonly failOn?: readonly FailOn[];
}

export function addOutputsFlags(command: Command): Command {
  const source = command
    .optionsGroup('Where from (default: run terraform, or tofu, in this directory):')
    .addOption(new Option('-f, --filename <file>', 'what terraform output -json has printed; - for standard input').argParser(named))
    .addOption(new Option('--dir <directory>', 'run it in this directory').argParser(named).conflicts('filename'))
    .addOption(new Option('--program <name>', 'run this instead, as in tofu or /opt/terraform').argParser(named).conflicts('filename'))
    .optionsGroup('What:')
    .option('--name <name>', 'only this output; may be repeated', repeated)
    .option('--show-sensitive', 'also the values of sensitive outputs')
    .optionsGroup('How (default: a table):')
    .addOption(new Option('--format <format>', 'write them for another program').choices(OUTPUTS_FORMATS));
  return addFormatFlags(source);
}

function addFormatFlags(command: Command): Command {
  const flags = command
    .option('--prefix <prefix>', 'before every name: of variables, of step outputs, or a path of parameters as in /shop/dev', named)
    .option('--export', 'with env: export the variables')
    .addOption(
      new Option('--github-file <file>', 'with github: write to $GITHUB_OUTPUT or to $GITHUB_ENV (default: output)').choices([
        'output',
        'env',
      ]),
    )
    .option('--stdout', 'with github: print what would be written')
    .option('--put', 'with ssm: write the parameters (default: only list them)')
    .option('--region <region>', 'with ssm: AWS region of the parameters', named);
  return addProfileFlag(flags);
}

export function addTerraformPlanFlags(command: Command): Command {
  return command
    .requiredOption('-f, --filename <file>', 'what terraform show -json PLANFILE has printed; - for standard input', named)
    .addOption(
      new Option(
        '--fail-on <what>',
        'exit code 1 when it would do this: destroy (replacing is that too), replace, or change anything; may be repeated',
      )
        .choices(FAIL_ON)
        .argParser(failOn),
    );
}

/** `choices` alone keeps the last one only. */
function failOn(value: string, previous: readonly FailOn[] = []): FailOn[] {
  const found = FAIL_ON.find((each) => each === value);
  if (found === undefined) throw new InvalidArgumentError(`Allowed choices are ${FAIL_ON.join(', ')}.`);
  return [...previous, found];
}
