import rules from './merge-rules.json' with { type: 'json' };
import { PatchRefusedError } from './patch-error.ts';

/** The rules of the built-in kinds as `build/merge-rules.ts` takes them from a Kubernetes API server. */
export interface MergeRules {
  /** Name of the type by `apiVersion kind`, as in `apps/v1 Deployment`. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Per type, the rules of the fields that have one; see `fieldRule`. */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * How a field merges. `map`: field by field, by the rules of `type`. `items`: item by item, matched by `key`. `set`: what is missing is added.
 * `atomic`: replaced as a whole, be it a list or a map.
 */
export type FieldRule =
  | { readonly merge: 'map'; readonly type: string }
  | { readonly merge: 'items'; readonly key: string; readonly type: string }
  | { readonly merge: 'set' }
  | { readonly merge: 'atomic' };

const { kinds, types }: MergeRules = rules;

/**
 * The type of a built-in kind. A version that this table does not know merges like the others of its group: merge keys do not change.
 * @throws PatchRefusedError for every other kind, custom resources above all: a server has no merge rules for them either
 */
export function typeOfKind(apiVersion: unknown, kind: unknown): string {
  const known = kinds[`${String(apiVersion)} ${String(kind)}`];
  const type = known ?? typeInGroup(String(apiVersion), String(kind));
  if (type !== undefined) return type;
  const name = kind === undefined ? 'a document without kind' : `${String(kind)} of ${String(apiVersion)}`;
  throw new PatchRefusedError(`${name} has no strategic merge patch: it is no built-in kind of Kubernetes`, {
    hint: 'use a merge patch (it replaces lists as a whole) or a JSON patch',
  });
}

function typeInGroup(apiVersion: string, kind: string): string | undefined {
  const group = apiVersion.slice(0, apiVersion.indexOf('/') + 1);
  const key = Object.keys(kinds).find((key) => key.endsWith(` ${kind}`) && key.slice(0, key.indexOf('/') + 1) === group);
  return key === undefined ? undefined : kinds[key];
}

/** The rule of a field of a type; a map that the table does not follow any further merges without rules of its own. */
export function fieldRule(type: string, field: string): FieldRule {
  const fields = types[type];
  const text = fields && Object.hasOwn(fields, field) ? (fields[field] ?? '') : '';
  if (text === '=') return { merge: 'atomic' };
  const [, key, item = ''] = /^\[(.*)\](.*)$/.exec(text) ?? [];
  if (key === undefined) return { merge: 'map', type: text };
  return key === '' ? { merge: 'set' } : { merge: 'items', key, type: item };
}
