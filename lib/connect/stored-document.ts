import * as z from 'zod';
import type { ConfigResult } from '../platform/config.ts';
import type { ParameterSource } from '../platform/parameters.ts';
import { pathText, problemsOf } from '../platform/schema-problems.ts';

/** SSM takes 4 KiB a parameter: the clusters of a fleet go on in others, each a JSON array of them. */
const continuedSchema = z.looseObject({ clusters: z.array(z.unknown()).default([]), moreClusters: z.array(z.string().min(1)).max(100) });

/**
 * The policy document of a function: what lies in one SSM parameter and in those that its `moreClusters` names.
 * @throws ParameterError when one cannot be read
 */
export async function storedDocument<T>(schema: z.ZodType<T>, parameter: string, parameters: ParameterSource): Promise<ConfigResult<T>> {
  const source = `SSM parameter ${parameter}`;
  const first = parseJson(source, await parameters.get(parameter));
  if (!first.ok) return first;
  const continued = continuedSchema.safeParse(first.config);
  if (!continued.success) return checkDocument(schema, source, first.config);
  const { moreClusters, clusters, ...rest } = continued.data;
  const lists = await Promise.all(moreClusters.map(async (name) => parseList(`SSM parameter ${name}`, await parameters.get(name))));
  const problems = lists.flatMap((list) => (list.ok ? [] : list.problems));
  if (problems.length > 0) return { ok: false, problems };
  return checkDocument(schema, source, { ...rest, clusters: [...clusters, ...lists.flatMap((list) => (list.ok ? list.config : []))] });
}

/** The document as one text. */
export function parseDocument<T>(schema: z.ZodType<T>, source: string, text: string): ConfigResult<T> {
  const json = parseJson(source, text);
  return json.ok ? checkDocument(schema, source, json.config) : json;
}

type JsonValue = object | string | number | boolean | null;

function checkDocument<T>(schema: z.ZodType<T>, source: string, document: unknown): ConfigResult<T> {
  const parsed = schema.safeParse(document);
  if (parsed.success) return { ok: true, config: parsed.data };
  return {
    ok: false,
    problems: problemsOf(parsed.error).map(({ path, message }) => `${source}: ${pathText(path) || 'document'}: ${message}`),
  };
}

function parseList(source: string, text: string): ConfigResult<readonly unknown[]> {
  const json = parseJson(source, text);
  if (!json.ok) return json;
  return Array.isArray(json.config)
    ? { ok: true, config: json.config }
    : { ok: false, problems: [`${source} is not a JSON array of clusters`] };
}

/** The parser's own message is not repeated: it quotes the text, and a wrong name may lead to a parameter that is a secret. */
function parseJson(source: string, text: string): ConfigResult<JsonValue> {
  try {
    return { ok: true, config: JSON.parse(text) as JsonValue };
  } catch {
    return { ok: false, problems: [`${source} is not JSON`] };
  }
}
