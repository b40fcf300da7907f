import * as z from 'zod';
import type { Problem } from '../../platform/schema-problems.ts';
import { nearestWord } from '../../schedule/nearest-word.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with the words of a suite, each where it is; of alternatives, the one that was most likely meant is told of. */
export function shapeProblems(error: z.core.$ZodError, schema: z.ZodType): readonly Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, [], schema));
}

function problemsOf(issue: Issue, prefix: readonly PropertyKey[], schema: z.ZodType | undefined): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  const here = schema && schemaAt(schema, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((word) => ({ path: [...path, word], message: unknownWord(word, wordsOf(here)) }));
    case 'invalid_union':
      return unionProblems(issue, path, here);
    case 'invalid_type':
      return [{ path, message: wrongType(issue, path, here) }];
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message }];
    default:
      return [{ path, message: lowerFirst(issue.message) }];
  }
}

/** Words whose values are amounts with a unit. */
const AMOUNTS: Readonly<Record<string, (amount: string) => string>> = {
  ...Object.fromEntries(['deadline', 'timeout', 'interval', 'backoff', 'maxBackoff', 'degradedOver'].map((word) => [word, inTime])),
  maxBody: (amount) => `say the unit: ${amount}B, ${amount}KiB or ${amount}MiB`,
};

function inTime(amount: string): string {
  return `say the unit: ${amount}ms or ${amount}s`;
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, path: readonly PropertyKey[], schema: z.ZodType | undefined): string {
  if (issue.input === undefined) return missing(schema, issue.message);
  const amount = typeof issue.input === 'number' ? AMOUNTS[String(path.at(-1))] : undefined;
  return amount === undefined ? issue.message : amount(String(issue.input));
}

function unknownWord(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  if (meant !== undefined) return `unknown word; did you mean ${meant}?`;
  return known.length === 0 ? 'unknown word' : `unknown word; known here are ${known.join(', ')}`;
}

function missing(schema: z.ZodType | undefined, message: string): string {
  return schema?.description === undefined ? message : `${message}: ${lowerFirst(schema.description)}`;
}

function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
  schema: z.ZodType | undefined,
): readonly Problem[] {
  const members = membersOf(schema);
  const { input } = issue;
  const isSection = typeof input === 'object' && input !== null && !Array.isArray(input);
  const tried = issue.errors.map((issues, index) => ({ issues, member: members[index], misses: missesOf(issues) }));
  const fitting = tried.filter(
    ({ issues }) => !issues.some(({ code, path: at }) => at.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
  );
  const nearest = [...fitting].sort((a, b) => a.misses - b.misses);
  const [best, second] = nearest;
  if (isSection && best && second && best.misses === second.misses && unknownOf(best.issues).length > 0)
    return [noneOf(input, path, members)];
  if (best) return best.issues.flatMap((inner) => problemsOf(inner, path, best.member));
  return [{ path, message: `must be ${listOf(tried.flatMap(({ issues }) => issues.map(wantedBy)))}` }];
}

/** A section whose words belong to no alternative more than to another. */
function noneOf(input: object, path: readonly PropertyKey[], members: readonly z.ZodType[]): Problem {
  const known = [...new Set(members.flatMap((member) => wordsOf(member).slice(0, 1)))];
  const [word = ''] = Object.keys(input);
  const meant = nearestWord(word, [...new Set(members.flatMap(wordsOf))]);
  if (meant !== undefined && meant !== word) return { path: [...path, word], message: `unknown word; did you mean ${meant}?` };
  return { path, message: `must begin with one of ${known.join(', ')}` };
}

/** How far a value is from an alternative: words that it does not know weigh as much as words that it lacks. */
function missesOf(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : issue.path.length > 0 && issue.input !== undefined ? 0.5 : 1),
    0,
  );
}

function unknownOf(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
}

function wantedBy(issue: Issue): string {
  return lowerFirst(issue.message)
    .replace(/^must be /, '')
    .replace(/; put it in .*$/, '');
}

function listOf(wanted: readonly string[]): string {
  return [...new Set(wanted)].join(', or ');
}

/** Without what only says that something may be left out, or is changed afterwards. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

function membersOf(schema: z.ZodType | undefined): readonly z.ZodType[] {
  const inside = schema && bare(schema);
  return inside instanceof z.ZodUnion ? (inside.options as readonly z.ZodType[]) : [];
}

function wordsOf(schema: z.ZodType | undefined): readonly string[] {
  const inside = schema && bare(schema);
  return inside instanceof z.ZodObject ? Object.keys(inside.shape) : [];
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const inside = bare(schema);
  if (inside instanceof z.ZodObject) {
    const child: unknown = Object.hasOwn(inside.shape, step) ? inside.shape[String(step)] : undefined;
    return child instanceof z.ZodType ? schemaAt(child, rest) : undefined;
  }
  if (inside instanceof z.ZodRecord) return schemaAt(inside.valueType as z.ZodType, rest);
  return inside instanceof z.ZodArray ? schemaAt(inside.element as z.ZodType, rest) : undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
