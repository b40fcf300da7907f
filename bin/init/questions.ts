import type * as z from 'zod';
import { accountId, clusterName, emailAddress, parameterName, regionName, shortName } from '../../lib/configuration/words.ts';
import { parseTimeSpec } from '../../lib/schedule/parse-time-spec.ts';
import { parseZoneName } from '../../lib/schedule/zone-name.ts';

export type QuestionName = 'stage' | 'cluster' | 'account' | 'region' | 'uptime' | 'timezone' | 'email' | 'slackWebhookParameter' | 'name';

/** Answers as they are typed: lists with commas; '' for none. */
export type Answers = Readonly<Partial<Record<QuestionName, string>>>;

export interface Question {
  readonly flag: string;
  /** What is asked on a terminal. Without it, only the flag says it. */
  readonly text?: string;
  /** Whether a script has to say it, or to take the defaults by --yes. */
  readonly required?: true;
  /** The answer of those who say nothing, given what is answered already; undefined where the question does not arise. */
  fallback(answers: Answers): string | undefined;
  /** What is wrong with an answer, in one sentence. */
  problem(answer: string, answers: Answers): string | undefined;
}

const WORK = 'Mon-Fri 07:00-19:00';
const DEFAULT_ZONE = 'Europe/Berlin';

/** In the order in which they are asked. */
export const QUESTIONS: Readonly<Record<QuestionName, Question>> = {
  stage: {
    flag: '--stage',
    text: 'Name of the stage',
    required: true,
    fallback: () => 'dev',
    problem: (answer) => problemOf(shortName, answer),
  },
  cluster: {
    flag: '--cluster',
    text: 'EKS clusters, separated by commas',
    required: true,
    fallback: () => 'dev',
    problem: (answer) => (listOf(answer).length === 0 ? 'must name at least one cluster' : problemOfAny(clusterName, answer)),
  },
  account: {
    flag: '--account',
    text: 'AWS account (nothing: that of the credentials that deploy)',
    fallback: () => '',
    problem: (answer) => (answer === '' ? undefined : problemOf(accountId, answer)),
  },
  region: {
    flag: '--region',
    text: 'AWS region (nothing: that of the credentials that deploy)',
    fallback: () => '',
    problem: (answer) => (answer === '' ? undefined : problemOf(regionName, answer)),
  },
  uptime: {
    flag: '--uptime',
    text: 'When workloads are awake',
    required: true,
    fallback: ({ timezone }) => (timezone === undefined ? `${WORK} ${DEFAULT_ZONE}` : WORK),
    problem: (answer, { timezone }) => (needsZone(answer) && timezone === undefined ? undefined : specProblem(answer, timezone)),
  },
  timezone: {
    flag: '--timezone',
    text: 'Time zone of these hours',
    fallback: ({ uptime }) => (uptime !== undefined && needsZone(uptime) ? DEFAULT_ZONE : undefined),
    problem: (answer) => zoneProblem(answer),
  },
  email: {
    flag: '--email',
    text: 'E-mail addresses that hear of alarms, separated by commas (nothing: nobody)',
    fallback: () => '',
    problem: (answer) => problemOfAny(emailAddress, answer),
  },
  slackWebhookParameter: {
    flag: '--slack-webhook-parameter',
    text: 'SSM parameter with the Slack webhook for failed runs (nothing: no Slack)',
    fallback: () => '',
    problem: (answer) => (answer === '' ? undefined : problemOf(parameterName, answer)),
  },
  name: { flag: '--name', fallback: () => 'nightshift', problem: (answer) => problemOf(shortName, answer) },
};

export const QUESTION_NAMES = Object.keys(QUESTIONS) as readonly QuestionName[];

/** The parts of an answer that is a list, each once. */
export function listOf(answer: string): readonly string[] {
  return [
    ...new Set(
      answer
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ];
}

/** Whether a time spec is good but for its zone. */
export function needsZone(spec: string): boolean {
  const read = (options: { readonly defaultTimeZone?: string }): boolean => parseTimeSpec(spec, { dialect: 'nightshift', ...options }).ok;
  return !read({}) && read({ defaultTimeZone: 'UTC' });
}

function specProblem(spec: string, timezone: string | undefined): string | undefined {
  const result = parseTimeSpec(spec, { dialect: 'nightshift', ...(timezone !== undefined && { defaultTimeZone: timezone }) });
  return result.ok ? undefined : [result.problem.message, result.problem.hint].filter(Boolean).join('; ');
}

function zoneProblem(zone: string): string | undefined {
  const parsed = parseZoneName(zone);
  return 'problem' in parsed ? [parsed.problem.message, parsed.problem.hint].filter(Boolean).join('; ') : undefined;
}

function problemOf(schema: z.ZodType, answer: string): string | undefined {
  const parsed = schema.safeParse(answer);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}

function problemOfAny(schema: z.ZodType, answer: string): string | undefined {
  for (const part of listOf(answer)) {
    const problem = problemOf(schema, part);
    if (problem !== undefined) return `${JSON.stringify(part)} ${problem}`;
  }
  return undefined;
}
