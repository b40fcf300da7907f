import type { SleepPolicy } from '../sleep/policy.ts';

type PolicyWord = Exclude<keyof SleepPolicy, 'scopes' | 'version'>;

/** What the words of the sleep policy mean, as editors and `nightshift.yaml` say it; the policy's own schema is at every cold start. */
export const POLICY_MEANINGS = {
  dialect: 'whose reading counts where the downscalers disagree about a time spec',
  defaultTimezone: 'the time zone of time specs that name none, in the file and in annotations',
  defaultWeekframe: 'the weekdays of time specs that name none',
  gracePeriodSeconds: 'how long after its creation a workload is not put to sleep',
  downtimeReplicas: 'the replicas that a sleeping workload keeps',
  excludeNamespaces: 'namespaces that are left alone: regular expressions for whole names',
  excludeNames: 'workloads that are left alone, of every kind: regular expressions for whole names',
  namespaces: 'only these namespaces, by exact name; all unless said',
  matchingLabels: 'only workloads with a label key=value that one of these regular expressions matches as a whole; all when empty',
  kinds: 'what sleeps',
  excludedSleepers: 'what becomes of a workload that is excluded while it sleeps',
  stateFormat: 'how originals are written on objects, as py-kube-downscaler or as GoKubeDownscaler does; both are read',
  podForceUptime: 'whether a running Pod with the annotation downscaler/force-uptime keeps its cluster up; costs a list of every Pod',
  controllerOwned: 'whether workloads that an operator owns are left to it or treated like any other',
  events: 'Kubernetes Events to write: none, one for each problem, or one for each change as well',
} as const satisfies Readonly<Record<PolicyWord, string>>;

/** Values to copy, for words whose default does not show how one is written. */
export const POLICY_EXAMPLES: Readonly<Partial<Record<PolicyWord, readonly unknown[]>>> = {
  defaultTimezone: ['Europe/Berlin'],
  defaultWeekframe: ['Mon-Fri'],
  namespaces: [['shop', 'payments']],
  matchingLabels: [['team=(shop|payments)']],
};
