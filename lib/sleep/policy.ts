import * as z from 'zod';
import { compileFilter } from './name-filter.ts';

/** Schedule values of one scope, as written by people: time specs of `lib/schedule`. */
const scheduleValues = {
  uptime: z.string().optional(),
  downtime: z.string().optional(),
  upscalePeriod: z.string().optional(),
  downscalePeriod: z.string().optional(),
};

const regex = z.string().refine(compiles, { error: 'is not a regular expression' });

/**
 * What a team decides once for a cluster; annotations on namespaces and workloads refine it.
 * Name, namespace and label filters are regular expressions that must match the whole text.
 */
export const sleepPolicySchema = z.strictObject({
  version: z.literal(1).default(1),
  /** How the two readings that the downscalers disagree on are taken; see `lib/schedule`. */
  dialect: z.enum(['nightshift', 'py', 'go']).default('nightshift'),
  defaultTimezone: z.string().optional(),
  defaultWeekframe: z.string().optional(),
  /** Configuration scopes, nearest first (flags before environment); the first that sets any value decides alone. */
  scopes: z.array(z.strictObject({ label: z.string(), ...scheduleValues })).default([]),
  /** Seconds after its creation in which a workload is not put to sleep. */
  gracePeriodSeconds: z.number().int().min(0).default(900),
  /** Replicas that a sleeping workload keeps. */
  downtimeReplicas: z.number().int().min(0).default(0),
  excludeNamespaces: z.array(regex).default(['kube-system', 'kube-public', 'kube-node-lease', 'kube-downscaler']),
  /** Names of workloads, of any kind. */
  excludeNames: z.array(regex).default(['py-kube-downscaler', 'kube-downscaler', 'downscaler']),
  /** Only these namespaces; absent means all. Exact names. */
  namespaces: z.array(z.string()).optional(),
  /** A workload takes part when any of these matches one of its labels, written `key=value`; empty means every workload. */
  matchingLabels: z.array(regex).default([]),
  kinds: z.array(z.enum(['Deployment', 'StatefulSet', 'CronJob'])).default(['Deployment', 'StatefulSet', 'CronJob']),
  /** What becomes of a workload that is excluded while it sleeps. */
  excludedSleepers: z.enum(['wake', 'keep']).default('wake'),
  /** How originals are written on objects: as py-kube-downscaler or as GoKubeDownscaler does. Both are read. */
  stateFormat: z.enum(['py', 'go']).default('py'),
  /** Honour `downscaler/force-uptime: "true"` on any running Pod; costs a list of every Pod. */
  podForceUptime: z.boolean().default(false),
  /** Workloads that a controller owns: left to their operator, or treated like any other. */
  controllerOwned: z.enum(['skip', 'include']).default('skip'),
  /** Kubernetes Events: none, one per problem, or one per change as well (an extra request each). */
  events: z.enum(['none', 'problems', 'changes']).default('problems'),
});

export type SleepPolicy = Readonly<z.output<typeof sleepPolicySchema>>;

function compiles(source: string): boolean {
  try {
    compileFilter(source);
    return true;
  } catch {
    return false;
  }
}
