import { BadInputError } from '../lib/platform/errors.ts';
import { pathText, problemsOf } from '../lib/platform/schema-problems.ts';
import { type SleepPolicy, sleepPolicySchema } from '../lib/sleep/policy.ts';
import { checkTypedSchedules, type TypedSchedules } from './check-typed-schedules.ts';
import type { PolicyFlags } from './flags/policy.ts';
import type { InputStream, Io } from './io.ts';
import { readDocumentFile } from './read-document-file.ts';
import { specOptions } from './spec-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Scope = SleepPolicy['scopes'][number];

/** What is looked at, and for when. */
export interface PolicyRequest extends PolicyFlags {
  /** Epoch milliseconds; now unless told. */
  readonly at?: number;
}

/**
 * The sleep policy of a command line: flags over the policy file over the environment over the defaults. The schedules keep their order too:
 * the first of command line, file and environment that sets any decides. A schedule of the environment that cannot be evaluated keeps
 * everything under it awake and is reported by the run, as on Lambda; one that was typed is refused, unless it decides nothing.
 * @throws BadInputError for a file that is no policy, TimeSpecError for a typed schedule that cannot be evaluated
 */
export async function policyFromFlags(
  flags: PolicyRequest,
  { env, stdin, clock }: Pick<Io, 'env' | 'stdin' | 'clock'>,
  { unchecked = false }: { readonly unchecked?: boolean } = {},
): Promise<SleepPolicy> {
  const file = flags.policy === undefined ? undefined : await policyFile(flags.policy, stdin);
  const typed = typedIn(flags, file);
  const environment = specOptions({}, env);
  if (!unchecked) checkTypedSchedules(typed, { environment, at: flags.at ?? clock.now() });
  return {
    ...(file ?? sleepPolicySchema.parse({})),
    ...whenSet('defaultTimezone', environment.defaultTimeZone),
    ...whenSet('defaultWeekframe', environment.defaultWeekframe),
    ...fieldsOf(flags),
    ...typed,
    scopes: [...typed.scopes, ...scopeOf('environment', scheduleVariables(env))],
  };
}

/** The schedules of flags and policy file, and what says how they are read. */
function typedIn(flags: PolicyFlags, file: SleepPolicy | undefined): TypedSchedules {
  return {
    dialect: flags.dialect ?? file?.dialect ?? 'nightshift',
    ...whenSet('defaultTimezone', flags.defaultTimezone ?? file?.defaultTimezone),
    ...whenSet('defaultWeekframe', flags.defaultWeekframe ?? file?.defaultWeekframe),
    scopes: [...scopeOf('command line', flags), ...(file?.scopes ?? [])],
  };
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

function whenSet<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
