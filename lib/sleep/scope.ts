import { parseTimeSpec } from '../schedule/parse-time-spec.ts';
import type { TimeSpec, TimeSpecOptions } from '../schedule/time-spec.ts';
import { prefix, type ValueName } from './annotations.ts';
import { parseGracePeriod } from './durations.ts';
import { parseExcludeUntil } from './exclude-until.ts';
import { parseReplicaCount } from './replica-count.ts';

/** A time spec as a scope gives it, with the name under which people find it. */
export interface SpecValue {
  readonly name: string;
  readonly spec: TimeSpec;
}

/** What one scope (a workload, a namespace, the configuration) says, read once. */
export interface Scope {
  readonly label: string;
  readonly uptime?: SpecValue;
  readonly downtime?: SpecValue;
  readonly upscalePeriod?: SpecValue;
  readonly downscalePeriod?: SpecValue;
  readonly forceUptime?: SpecValue;
  readonly forceDowntime?: SpecValue;
  /** Its forced uptime is for everybody, forced downtimes included; only somebody's own force-uptime overrides it. */
  readonly forEverybody?: true;
  readonly exclude?: SpecValue | 'unreadable';
  /** Epoch ms. */
  readonly excludeUntil?: number | 'unreadable';
  readonly graceMs?: number;
  readonly downtimeReplicas?: number;
  /** Values that cannot be read: nothing under this scope is put to sleep. */
  readonly problems: readonly string[];
  /** Counts that cannot be read: nothing under this scope that has replicas is put to sleep. */
  readonly countProblems: readonly string[];
  /** Readable, and maybe not what was meant. */
  readonly warnings: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Draft extends Mutable<Omit<Scope, 'problems' | 'countProblems' | 'warnings'>> {
  readonly problems: string[];
  readonly countProblems: string[];
  readonly warnings: string[];
}

const specFields = {
  uptime: 'uptime',
  downtime: 'downtime',
  'upscale-period': 'upscalePeriod',
  'downscale-period': 'downscalePeriod',
  'force-uptime': 'forceUptime',
  'force-downtime': 'forceDowntime',
} as const satisfies Partial<Record<ValueName, keyof Scope>>;

/** Reads the annotations of a workload or a namespace. Every value is read, so that one look reports every problem. */
export function readAnnotations(label: string, annotations: Readonly<Record<string, string>>, options: TimeSpecOptions): Scope {
  const scope: Draft = { label, problems: [], countProblems: [], warnings: [] };
  for (const [name, field] of Object.entries(specFields)) {
    const value = readSpec(scope, prefix + name, annotations[prefix + name], options);
    if (value) scope[field] = value;
  }
  readExclude(scope, annotations[`${prefix}exclude`], options);
  readExcludeUntil(scope, annotations[`${prefix}exclude-until`]);
  readGrace(scope, annotations[`${prefix}grace-period`]);
  readDowntimeReplicas(scope, annotations);
  return scope;
}

type ScheduleName = 'uptime' | 'downtime' | 'upscalePeriod' | 'downscalePeriod' | 'forceUptime' | 'forceDowntime';

/** Reads the schedule of a configuration scope. */
export function readValues(
  label: string,
  values: Readonly<Partial<Record<ScheduleName, string | undefined>>>,
  options: TimeSpecOptions,
): Scope {
  const scope: Draft = { label, problems: [], countProblems: [], warnings: [] };
  for (const field of Object.values(specFields)) {
    const value = readSpec(scope, field, values[field], options);
    if (value) scope[field] = value;
  }
  return scope;
}

function readSpec(scope: Draft, name: string, text: string | undefined, options: TimeSpecOptions): SpecValue | undefined {
  if (text === undefined) return undefined;
  const result = parseTimeSpec(text, options);
  if (!result.ok) {
    scope.problems.push(`${name}: ${result.problem.message}${result.problem.hint ? ` (${result.problem.hint})` : ''}`);
    return undefined;
  }
  scope.warnings.push(...result.warnings.map((warning) => `${name}: ${warning.message}`));
  return { name, spec: result.spec };
}

/** A value of `exclude` that cannot be read excludes: whoever wrote it wanted the object left alone. */
function readExclude(scope: Draft, text: string | undefined, options: TimeSpecOptions): void {
  if (text === undefined) return;
  const result = parseTimeSpec(text, options);
  if (result.ok) scope.exclude = { name: `${prefix}exclude`, spec: result.spec };
  else {
    scope.exclude = 'unreadable';
    scope.warnings.push(`${prefix}exclude: ${result.problem.message}; counts as excluded`);
  }
}

function readExcludeUntil(scope: Draft, text: string | undefined): void {
  if (text === undefined) return;
  const instant = parseExcludeUntil(text.trim());
  scope.excludeUntil = instant ?? 'unreadable';
  if (instant === undefined) {
    scope.warnings.push(`${prefix}exclude-until: ${quote(text)} is no date and time (write 2026-03-30T18:00:00Z); counts as excluded`);
  }
}

function readGrace(scope: Draft, text: string | undefined): void {
  if (text === undefined) return;
  const graceMs = parseGracePeriod(text.trim());
  if (graceMs === undefined) scope.problems.push(`${prefix}grace-period: ${quote(text)} is neither seconds nor a duration such as 15m`);
  else scope.graceMs = graceMs;
}

/** The two downscalers name it differently; it means the same. When both are given and differ, more stays up. */
function readDowntimeReplicas(scope: Draft, annotations: Readonly<Record<string, string>>): void {
  const counts: number[] = [];
  for (const name of [`${prefix}downtime-replicas`, `${prefix}downscale-replicas`]) {
    const text = annotations[name]?.trim();
    if (text === undefined) continue;
    const count = parseReplicaCount(text);
    if (count === undefined) scope.countProblems.push(`${name}: ${quote(text)} is not a number of replicas (0 or more)`);
    else counts.push(count);
  }
  if (counts.length === 0) return;
  scope.downtimeReplicas = Math.max(...counts);
  if (counts.length === 2 && counts[0] !== counts[1]) {
    scope.warnings.push(`${prefix}downtime-replicas and ${prefix}downscale-replicas differ: the larger, ${scope.downtimeReplicas}, holds`);
  }
}

/** What of a scope keeps a workload awake; a count says nothing about a kind that has none. */
export function problemsOf({ problems, countProblems }: Scope, { scalable }: { readonly scalable: boolean }): readonly string[] {
  return scalable ? [...problems, ...countProblems] : problems;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
