import * as z from 'zod';
import { BadInputError } from './errors.ts';
import type { Environment } from './job-definition.ts';
import { type Problem, pathText, problemsOf } from './schema-problems.ts';

/** The configuration, or every reason why there is none. */
export type ConfigResult<T> =
  | { readonly ok: true; readonly config: Readonly<T> }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the variables that `schema` names, its keys being their names, into a frozen object. An empty variable counts as not set.
 * What a person reads about a bad variable ends with the schema's `.describe(...)`, so describe each one: `the bucket for run plans`.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Environment): ConfigResult<z.output<S>> {
  const names = Object.keys(schema.shape);
  const given = Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, config: deepFreeze(parsed.data) };
  return { ok: false, problems: problemsOf(parsed.error).map((problem) => sentence(problem, schema, given)) };
}

/**
 * {@link readConfig} for a job whose configuration is all in its variables.
 * @throws BadInputError that lists every problem and holds no value
 */
export function parseConfig<S extends z.ZodObject>(schema: S, env: Environment): Readonly<z.output<S>> {
  const result = readConfig(schema, env);
  if (result.ok) return result.config;
  throw badConfig(result.problems);
}

export function badConfig(problems: readonly string[]): BadInputError {
  return new BadInputError(`configuration is not usable: ${problems.join('; ')}`, {
    hint: 'correct these environment variables (of the deployed function: its configuration, then deploy again)',
  });
}

function sentence({ path, message }: Problem, schema: z.ZodObject, given: Readonly<Record<string, unknown>>): string {
  const [variable, ...inner] = path;
  if (variable === undefined) return message;
  const name = String(variable);
  const field: unknown = schema.shape[name];
  const description = field instanceof z.ZodType ? field.description : undefined;
  const advice = description ? ` (set it to ${description})` : '';
  if (!(name in given)) return `${name} is not set${advice}`;
  const where = inner.length > 0 ? ` at ${pathText(inner)}` : '';
  return `${name} is wrong${where}: ${message}${advice}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
