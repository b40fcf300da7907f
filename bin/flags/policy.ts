import { type Command, InvalidArgumentError, Option } from 'commander';
import { compileFilter } from '../../lib/sleep/name-filter.ts';
import type { SleepPolicy } from '../../lib/sleep/policy.ts';
import { addSpecFlags, type SpecFlags } from './schedule.ts';
import { list, named, wholeNumber } from './values.ts';

/** The sleep policy as a command line gives it; absent means the policy file's value, else the environment's, else the default. */
export interface PolicyFlags extends SpecFlags {
  readonly policy?: string;
  readonly defaultUptime?: string;
  readonly defaultDowntime?: string;
  readonly upscalePeriod?: string;
  readonly downscalePeriod?: string;
  /** Seconds. */
  readonly gracePeriod?: number;
  readonly downtimeReplicas?: number;
  readonly excludeNamespaces?: string[];
  readonly excludeDeployments?: string[];
  readonly matchingLabels?: string[];
  readonly kinds?: SleepPolicy['kinds'];
  readonly excludedSleepers?: SleepPolicy['excludedSleepers'];
  readonly stateFormat?: SleepPolicy['stateFormat'];
  readonly podForceUptime?: boolean;
  readonly includeControllerOwned?: boolean;
  readonly events?: SleepPolicy['events'];
}

export function addPolicyFlags(command: Command): Command {
  const policy = command
    .optionsGroup('Sleep policy (annotations on namespaces and workloads refine it):')
    .option('--policy <file>', 'read the policy from a YAML or JSON file; the flags below override it', named)
    .option('--default-uptime <spec>', 'when workloads are up (env: DEFAULT_UPTIME)')
    .option('--default-downtime <spec>', 'when workloads are asleep (env: DEFAULT_DOWNTIME)')
    .option('--upscale-period <spec>', 'when sleeping workloads are woken (env: UPSCALE_PERIOD)')
    .option('--downscale-period <spec>', 'when workloads are put to sleep (env: DOWNSCALE_PERIOD)')
    .option('--grace-period <seconds>', 'how long a new workload is left awake (default: 900)', wholeNumber(0))
    .option('--downscale-replicas, --downtime-replicas <n>', 'replicas of a sleeping workload (default: 0)', wholeNumber(0, 1_000_000));
  return addSpecFlags(addFilterFlags(policy));
}

function addFilterFlags(command: Command): Command {
  return command
    .option('--exclude-namespaces <regexes>', 'leave these namespaces alone (default: kube-system and its like)', regexes)
    .option('--exclude-names, --exclude-deployments <regexes>', 'leave workloads of these names alone, of every kind', regexes)
    .option('--matching-labels <regexes>', 'only workloads with a label key=value that matches', regexes)
    .option('--include-kinds, --kinds <kinds>', 'only these kinds, as in Deployment,StatefulSet,CronJob (default: all three)', kinds)
    .addOption(new Option('--excluded-sleepers <what>', 'workloads excluded while asleep (default: wake)').choices(['wake', 'keep']))
    .addOption(new Option('--state-format <format>', 'how originals are written on objects (default: py)').choices(['py', 'go']))
    .option('--pod-force-uptime', 'stay up while any Pod is annotated downscaler/force-uptime: "true" (lists every Pod)')
    .option('--include-controller-owned', 'treat workloads that an operator owns like any other')
    .addOption(new Option('--events <which>', 'Kubernetes Events to write (default: problems)').choices(['none', 'problems', 'changes']));
}

/** A list of regular expressions, each of which has to match the whole text. */
function regexes(value: string, previous: readonly string[] = []): string[] {
  const all = list(value, previous);
  for (const source of all) {
    try {
      compileFilter(source);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : 'It is not a regular expression.');
    }
  }
  return all;
}

type Kind = SleepPolicy['kinds'][number];

const KIND_WORDS: Readonly<Record<string, Kind>> = {
  deployment: 'Deployment',
  deployments: 'Deployment',
  deploy: 'Deployment',
  statefulset: 'StatefulSet',
  statefulsets: 'StatefulSet',
  sts: 'StatefulSet',
  cronjob: 'CronJob',
  cronjobs: 'CronJob',
  cj: 'CronJob',
};

function kinds(value: string, previous: readonly Kind[] = []): Kind[] {
  const found = list(value).map((word) => {
    const kind = KIND_WORDS[word.toLowerCase()];
    if (!kind) throw new InvalidArgumentError(`There is no ${word} among Deployment, StatefulSet and CronJob.`);
    return kind;
  });
  return [...new Set([...previous, ...found])];
}
