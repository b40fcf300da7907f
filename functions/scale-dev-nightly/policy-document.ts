import * as z from 'zod';
import type { ConfigResult } from '../../lib/platform/config.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { pathText, problemsOf } from '../../lib/platform/schema-problems.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { scaleConfigSchema } from './config-schema.ts';

/** What the function reads at run time: clusters, policy, prices. */
export const policyDocumentSchema = scaleConfigSchema
  .omit({ state: true, restore: true })
  .extend({ version: z.literal(1), policy: sleepPolicySchema.prefault({}) });

export type PolicyDocument = z.output<typeof policyDocumentSchema>;

/** SSM takes 4 KiB a parameter: the clusters of a fleet go on in others, each a JSON array of them. */
const continuedSchema = z.looseObject({ clusters: z.array(z.unknown()).default([]), moreClusters: z.array(z.string().min(1)).max(100) });

/** The document in one SSM parameter and in those that its `moreClusters` names. @throws ParameterError when one cannot be read */
export async function storedDocument(parameter: string, parameters: ParameterSource): Promise<ConfigResult<PolicyDocument>> {
  const source = `SSM parameter ${parameter}`;
  const first = parseJson(source, await parameters.get(parameter));
  if (!first.ok) return first;
  const continued = continuedSchema.safeParse(first.config);
  if (!continued.success) return checkDocument(source, first.config);
  const { moreClusters, clusters, ...rest } = continued.data;
  const lists = await Promise.all(moreClusters.map(async (name) => parseList(`SSM parameter ${name}`, await parameters.get(name))));
  const problems = lists.flatMap((list) => (list.ok ? [] : list.problems));
  if (problems.length > 0) return { ok: false, problems };
  return checkDocument(source, { ...rest, clusters: [...clusters, ...lists.flatMap((list) => (list.ok ? list.config : []))] });
}

/** The document as one text. */
export function parseDocument(source: string, text: string): ConfigResult<PolicyDocument> {
  const json = parseJson(source, text);
  return json.ok ? checkDocument(source, json.config) : json;
}

type JsonValue = object | string | number | boolean | null;

function checkDocument(source: string, document: unknown): ConfigResult<PolicyDocument> {
  const parsed = policyDocumentSchema.safeParse(document);
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
