import { type Command, InvalidArgumentError, Option } from 'commander';
import { addProfileFlag, type ConnectionFlags } from './connection.ts';
import type { GlobalFlags } from './global.ts';
import { type Pairs, pair } from './trigger.ts';
import { named, repeated, wholeNumber } from './values.ts';

export const REPORT_KINDS = ['junit', 'tap', 'html', 'json'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportFile {
  readonly kind: ReportKind;
  readonly path: string;
}

export interface SmokeRunFlags
  extends GlobalFlags,
    Pick<ConnectionFlags, 'kubeconfig' | 'context' | 'cluster' | 'region' | 'roleArn' | 'externalId' | 'inCluster' | 'profile'> {
  readonly var?: Pairs;
  readonly varFile?: readonly string[];
  readonly expectVersion?: string;
  readonly expectDigest?: string;
  readonly jobs?: number;
  readonly allow?: readonly string[];
  readonly report?: readonly ReportFile[];
  readonly strict?: boolean;
}

const MOST_JOBS = 1_000;

export function addSmokeRunFlags(command: Command): Command {
  const flags = command
    .optionsGroup('Variables:')
    .option('--var <name=value>', 'a variable; may be repeated. Give secrets by `env:` in the suite: others can read command lines', pair)
    .option('--var-file <file>', 'variables from a YAML or JSON file of names and values; may be repeated, --var wins', repeated)
    .option('--expect-version <version>', '{{expected.version}}: the version that has to answer', named)
    .option('--expect-digest <digest>', '{{expected.digest}}: the image that has to answer', named)
    .optionsGroup('Run:')
    .option('--jobs <n>', 'checks at a time (default: as many as there are, up to 50)', wholeNumber(1, MOST_JOBS))
    .option('--allow <cidr>', 'an address or range that is refused otherwise, as in 127.0.0.1; may be repeated', repeated)
    .option('--strict', 'exit with 1 when a check was flaky or degraded, too')
    .option('--report <kind=file>', `write a report (${REPORT_KINDS.join(', ')}); may be repeated`, reportFile)
    .optionsGroup('Cluster, for variables from ConfigMaps and Secrets (default: the current context):')
    .option('--kubeconfig <file>', 'reach the cluster as this kubeconfig says', named)
    .option('--context <name>', 'a context of the kubeconfig', named)
    .addOption(new Option('--cluster <name>', 'an EKS cluster, by name').argParser(oneCluster).conflicts(['kubeconfig', 'context']))
    .option('--region <region>', 'AWS region of the EKS cluster', named)
    .option('--role-arn <arn>', 'IAM role to assume for the EKS cluster', named)
    .option('--external-id <id>', 'external id that the role asks for', named)
    .addOption(new Option('--in-cluster', 'use the service account of this Pod').conflicts(['kubeconfig', 'context', 'cluster']));
  return addProfileFlag(flags);
}

function oneCluster(value: string, previous: readonly string[] = []): string[] {
  if (previous.length > 0) throw new InvalidArgumentError('A suite reads the variables of one cluster.');
  return [named(value)];
}

function reportFile(value: string, previous: readonly ReportFile[] = []): ReportFile[] {
  const [, word, path] = /^([a-z]+)=(.+)$/s.exec(value) ?? [];
  const kind = REPORT_KINDS.find((each) => each === word);
  if (kind === undefined || path === undefined)
    throw new InvalidArgumentError(`Give it as KIND=FILE, as in junit=smoke.xml; kinds are ${REPORT_KINDS.join(', ')}.`);
  if (previous.some((each) => each.path === path)) throw new InvalidArgumentError(`${path} is given twice.`);
  return [...previous, { kind, path }];
}
