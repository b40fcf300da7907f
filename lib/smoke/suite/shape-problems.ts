import * as z from 'zod';
import { type Problem, pathText } from '../../platform/schema-problems.ts';
import { nearestWord } from '../../schedule/nearest-word.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with the words of a suite, each where it is; of alternatives, the one that was most likely meant is told of. */
export function shapeProblems(error: z.core.$ZodError, schema: z.ZodType): readonly Problem[] {
  return toldOnce(error.issues).flatMap((issue) => problemsOf(issue, [], schema));
}

/** What a section must say follows from its unknown word, and is not told beside it. */
function toldOnce(issues: readonly Issue[]): readonly Issue[] {
  const unknown = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => pathText(path)));
  return issues.filter(({ code, path }) => code !== 'custom' || !unknown.has(pathText(path)));
}

function problemsOf(issue: Issue, prefix: readonly PropertyKey[], schema: z.ZodType | undefined): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  const here = schema && schemaAt(schema, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((word) => ({ path: [...path, word], message: unknownWord(word, wordsFor(here, issue.input)) }));
    case 'invalid_union':
      if (issue.errors.length === 0)
        return [{ path, message: notOneOf(issue.input, path, schema && schemaAt(schema, issue.path.slice(0, -1))) }];
      return unionProblems(issue, path, here);
    case 'invalid_type':
      return [{ path, message: issue.input === undefined ? missing(here, issue.message) : (withUnit(issue.input, path) ?? issue.message) }];
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message }];
    default:
      return [{ path, message: lowerFirst(issue.message) }];
  }
}

/** Words whose values are amounts with a unit, and those in which every number is one. */
const TIMES: ReadonlySet<PropertyKey> = new Set(['deadline', 'timeout', 'interval', 'backoff', 'maxBackoff', 'degradedOver']);

/** What to write for a number that lacks its unit. */
function withUnit(input: unknown, path: readonly PropertyKey[]): string | undefined {
  if (typeof input !== 'number') return undefined;
  const [word = '', parent = ''] = [...path].reverse();
  if (TIMES.has(word) || word === 'latency' || parent === 'latency') return `say the unit: ${input}ms or ${input}s`;
  return word === 'maxBody' || word === 'size' || parent === 'size' ? `say the unit: ${input}B, ${input}KiB or ${input}MiB` : undefined;
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
  const amount = withUnit(input, path);
  if (amount !== undefined) return [{ path, message: amount }];
  const isSection = typeof input === 'object' && input !== null && !Array.isArray(input);
  const tried = issue.errors.map((issues, index) => ({ issues, member: members[index], misses: missesOf(issues) }));
  const fitting = tried.filter(
    ({ issues }) => !issues.some(({ code, path: at }) => at.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
  );
  const nearest = [...fitting].sort((a, b) => a.misses - b.misses);
  const [best, second] = nearest;
  if (isSection && best && second && best.misses === second.misses) return [noneOf(input, path, members)];
  if (best) return toldOnce(best.issues).flatMap((inner) => problemsOf(inner, path, best.member));
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

/** The word that says which of several sections it is has a value that none of them has. */
function notOneOf(input: unknown, path: readonly PropertyKey[], schema: z.ZodType | undefined): string {
  const word = String(path.at(-1));
  const values = membersOf(schema).flatMap((member) => {
    const literal = member instanceof z.ZodObject ? member.shape[word] : undefined;
    return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
  });
  const given = typeof input === 'object' && input !== null && word in input ? Reflect.get(input, word) : input;
  const meant = typeof given === 'string' ? nearestWord(given, values) : undefined;
  return `must be one of ${values.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
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

/** Of alternatives, the words of the one that a section begins with, or of all. */
function wordsFor(schema: z.ZodType | undefined, input: unknown): readonly string[] {
  const members = membersOf(schema);
  if (members.length === 0) return wordsOf(schema);
  const begun = members.filter((member) => typeof input === 'object' && input !== null && Object.hasOwn(input, wordsOf(member)[0] ?? ''));
  return [...new Set((begun.length > 0 ? begun : members).flatMap(wordsOf))];
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const inside = bare(schema);
  if (inside instanceof z.ZodObject) {
    const child: unknown = Object.hasOwn(inside.shape, step) ? inside.shape[String(step)] : undefined;
    return child instanceof z.ZodType ? schemaAt(child, rest) : undefined;
  }
  if (inside instanceof z.ZodUnion) return alternativeAt(inside.options as readonly z.ZodType[], path);
  if (inside instanceof z.ZodRecord) return schemaAt(inside.valueType as z.ZodType, rest);
  return inside instanceof z.ZodArray ? schemaAt(inside.element as z.ZodType, rest) : undefined;
}

function alternativeAt(members: readonly z.ZodType[], path: readonly PropertyKey[]): z.ZodType | undefined {
  for (const member of members) {
    const found = schemaAt(member, path);
    if (found) return found;
  }
  return undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
