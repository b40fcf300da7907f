import { BadInputError } from '../lib/platform/errors.ts';
import { pathText, problemsOf } from '../lib/platform/schema-problems.ts';
import { parseTimeSpec } from '../lib/schedule/parse-time-spec.ts';
import { type SleepPolicy, sleepPolicySchema } from '../lib/sleep/policy.ts';
import { TimeSpecError } from './errors.ts';
import type { PolicyFlags } from './flags/policy.ts';
import type { InputStream, Io } from './io.ts';
import { readDocumentFile } from './read-document-file.ts';
import { checkDefaults } from './read-spec.ts';
import { specOptions } from './spec-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Scope = SleepPolicy['scopes'][number];

/**
 * The sleep policy of a command line: flags over the policy file over the environment over the defaults. The schedules keep their order too:
 * the first of command line, file and environment that sets any decides.
 * @throws BadInputError for a file that is no policy, TimeSpecError for a schedule that cannot be evaluated
 */
export async function policyFromFlags(flags: PolicyFlags, { env, stdin }: Pick<Io, 'env' | 'stdin'>): Promise<SleepPolicy> {
  const file = flags.policy === undefined ? undefined : await policyFile(flags.policy, stdin);
  const defaults = specOptions({}, env);
  const policy: SleepPolicy = {
    ...(file ?? sleepPolicySchema.parse({})),
    ...whenSet('defaultTimezone', flags.defaultTimezone ?? file?.defaultTimezone ?? defaults.defaultTimeZone),
    ...whenSet('defaultWeekframe', flags.defaultWeekframe ?? file?.defaultWeekframe ?? defaults.defaultWeekframe),
    ...fieldsOf(flags),
    scopes: [...scopeOf('command line', flags), ...(file?.scopes ?? []), ...scopeOf('environment', scheduleVariables(env))],
  };
  checkSchedules(policy);
  return policy;
}

async function policyFile(path: string, stdin: InputStream): Promise<SleepPolicy> {
  const parsed = sleepPolicySchema.safeParse(await readDocumentFile(path, 'the policy file', stdin));
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map((problem) => `${pathText(problem.path) || 'the document'}: ${problem.message}`);
  throw new BadInputError(`the policy file ${path} is not a sleep policy: ${problems.join('; ')}`, {
    hint: 'correct these fields, or leave them out for their defaults',
  });
}

/** Every flag that is a field of the policy. */
function fieldsOf(flags: PolicyFlags): Partial<SleepPolicy> {
  return {
    ...whenSet('dialect', flags.dialect),
    ...whenSet('gracePeriodSeconds', flags.gracePeriod),
    ...whenSet('downtimeReplicas', flags.downtimeReplicas),
    ...whenSet('excludeNamespaces', flags.excludeNamespaces),
    ...whenSet('excludeNames', flags.excludeDeployments),
    ...whenSet('matchingLabels', flags.matchingLabels),
    ...whenSet('kinds', flags.kinds),
    ...whenSet('excludedSleepers', flags.excludedSleepers),
    ...whenSet('stateFormat', flags.stateFormat),
    ...whenSet('podForceUptime', flags.podForceUptime),
    ...whenSet('controllerOwned', flags.includeControllerOwned ? ('include' as const) : undefined),
    ...whenSet('events', flags.events),
  };
}

function scheduleVariables(env: Environment): PolicyFlags {
  return {
    ...whenSet('defaultUptime', env.DEFAULT_UPTIME || undefined),
    ...whenSet('defaultDowntime', env.DEFAULT_DOWNTIME || undefined),
    ...whenSet('upscalePeriod', env.UPSCALE_PERIOD || undefined),
    ...whenSet('downscalePeriod', env.DOWNSCALE_PERIOD || undefined),
  };
}

/** No scope at all when it sets nothing, so that the next one is asked. */
function scopeOf(label: string, source: PolicyFlags): Scope[] {
  const values = {
    ...whenSet('uptime', source.defaultUptime),
    ...whenSet('downtime', source.defaultDowntime),
    ...whenSet('upscalePeriod', source.upscalePeriod),
    ...whenSet('downscalePeriod', source.downscalePeriod),
  };
  return Object.keys(values).length === 0 ? [] : [{ label, ...values }];
}

/** A typing error in an annotation keeps one workload awake; one on the command line is told before anything happens. */
function checkSchedules({ scopes, dialect, defaultTimezone, defaultWeekframe }: SleepPolicy): void {
  const options = { dialect, ...whenSet('defaultTimeZone', defaultTimezone), ...whenSet('defaultWeekframe', defaultWeekframe) };
  checkDefaults(options);
  for (const { label, ...values } of scopes) {
    for (const [name, value] of Object.entries(values)) {
      const result = value === undefined ? undefined : parseTimeSpec(value, options);
      if (result && !result.ok)
        throw new TimeSpecError(result.problem.kind, `${name} (${label}) cannot be used: ${result.problem.message}`, result.problem.hint);
    }
  }
}

function whenSet<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
