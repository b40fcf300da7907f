/**
 * `kubectl get --raw /openapi/v2 | node build/merge-rules.ts > lib/manifests/patch/merge-rules.json`: how the lists and maps of the built-in kinds merge,
 * as a Kubernetes API server publishes it. A suite on a real API server says when the file is out of date.
 */
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { MergeRules } from '../lib/manifests/patch/merge-rules.ts';

/** What is read of a definition of an OpenAPI 2 document. */
interface Definition {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Property;
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
}

type Definitions = Readonly<Record<string, Definition>>;

/** Parts of the API that are no objects of a cluster, though they have a kind. */
const NO_OBJECTS = /List$|^(DeleteOptions|WatchEvent|Status|APIGroup|APIVersions|APIResourceList)$/;

/** Only types that lead to something that merges are kept; all else is replaced, as everywhere. */
export function mergeRulesOf({ definitions }: { readonly definitions: Definitions }): MergeRules {
  const kept = typesThatMerge(definitions);
  const kinds: Record<string, string> = {};
  const types: Record<string, Record<string, string>> = {};
  for (const [name, definition] of sorted(definitions)) {
    const [only, another] = definition['x-kubernetes-group-version-kind'] ?? [];
    if (only && !another && !NO_OBJECTS.test(only.kind) && kept.has(name)) {
      kinds[`${only.group === '' ? '' : `${only.group}/`}${only.version} ${only.kind}`] = shortName(name);
    }
    if (kept.has(name)) types[shortName(name)] = fieldsOf(definition, kept);
  }
  return { kinds, types };
}

function typesThatMerge(definitions: Definitions): ReadonlySet<string> {
  const kept = new Set<string>();
  for (let size = -1; size !== kept.size; ) {
    size = kept.size;
    for (const [name, { properties = {} }] of Object.entries(definitions)) {
      if (Object.values(properties).some((property) => ruleOf(property, kept) !== undefined)) kept.add(name);
    }
  }
  return kept;
}

function fieldsOf({ properties = {} }: Definition, kept: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    sorted(properties).flatMap(([field, property]) => {
      const rule = ruleOf(property, kept);
      return rule === undefined ? [] : [[field, rule]];
    }),
  );
}

/** `Type`: a map of that type; `[key]Type`: a list that merges by that key; `[]`: a set of scalars; `=`: a map that is replaced. */
function ruleOf(property: Property, kept: ReadonlySet<string>): string | undefined {
  const strategies = property['x-kubernetes-patch-strategy']?.split(',') ?? [];
  const type = (property.$ref ?? property.items?.$ref ?? '').replace('#/definitions/', '');
  const name = kept.has(type) ? shortName(type) : '';
  if (property.type === 'array')
    return strategies.includes('merge') ? `[${property['x-kubernetes-patch-merge-key'] ?? ''}]${name}` : undefined;
  if (strategies.includes('replace')) return '=';
  return name === '' ? undefined : name;
}

function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(api\.|apimachinery\.pkg\.apis\.|apiextensions-apiserver\.pkg\.apis\.|kube-aggregator\.pkg\.apis\.)?/, '');
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // A document of another shape fails here, before anything is written.
  const openapi = JSON.parse(await text(process.stdin)) as { readonly definitions: Definitions };
  process.stdout.write(`${JSON.stringify(mergeRulesOf(openapi), null, 2)}\n`);
}
