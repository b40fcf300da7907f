import { type Json, type MotoApi, objectIn } from './moto.ts';

/** The rules of CreateSchedule and CreateScheduleGroup in the API reference of EventBridge Scheduler that the emulator does not ask for. */
const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
const LONGEST = { ScheduleExpression: 256, ScheduleExpressionTimezone: 50, Description: 512 } as const;
const ZONES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** What the service would refuse about a schedule's properties; empty when it takes them. */
export function scheduleProblems(schedule: Json): readonly string[] {
  const { Name, GroupName, ScheduleExpressionTimezone, Target } = schedule;
  const { Input, RoleArn, RetryPolicy } = Target as Json;
  const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: retries } = RetryPolicy as Readonly<Record<string, number>>;
  const checks: readonly (readonly [string, boolean])[] = [
    ['its name', NAME.test(String(Name))],
    ["its group's name", NAME.test(String(GroupName))],
    ...Object.entries(LONGEST).map(([field, longest]) => [`${field} is too long`, String(schedule[field]).length <= longest] as const),
    ['its zone is in no tz database', ZONES.has(String(ScheduleExpressionTimezone))],
    ['its input is no JSON', isJson(Input)],
    ['its role', /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(String(RoleArn))],
    ['its retries', age !== undefined && age >= 60 && age <= 86_400 && retries !== undefined && retries >= 0 && retries <= 185],
  ];
  return checks.filter(([, holds]) => !holds).map(([problem]) => `${String(Name)}: ${problem}`);
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return true;
  } catch {
    return false;
  }
}

/** Makes a group and its schedules by the Scheduler's own API. */
export async function createSchedules(moto: MotoApi, group: string, schedules: readonly Json[]): Promise<void> {
  await moto.rest('scheduler', 'POST', `/schedule-groups/${group}`, {});
  for (const { Name, ...schedule } of schedules) await moto.rest('scheduler', 'POST', `/schedules/${String(Name)}`, schedule);
}

/** What the Scheduler says of a schedule, without what it has made up itself. */
export async function readSchedule(moto: MotoApi, { Name, GroupName }: Json): Promise<Json> {
  const answer = await moto.rest('scheduler', 'GET', `/schedules/${String(Name)}?groupName=${String(GroupName)}`);
  const { Arn: _, CreationDate: _made, LastModificationDate: _changed, ...schedule } = answer;
  return { ...Object.fromEntries(Object.entries(schedule).filter(([, value]) => value !== null)), Target: objectIn(schedule, 'Target') };
}

/** Deletes a group with all that is in it, if there is one. */
export async function deleteScheduleGroup(moto: MotoApi, group: string): Promise<void> {
  const answer = await moto.rest('scheduler', 'GET', '/schedule-groups');
  const groups = (answer.ScheduleGroups ?? []) as readonly Json[];
  if (groups.some(({ Name }) => Name === group)) await moto.rest('scheduler', 'DELETE', `/schedule-groups/${group}`);
}
