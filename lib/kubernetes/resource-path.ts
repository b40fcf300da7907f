import { BadInputError } from '../platform/errors.ts';
import type { Resource } from './client.ts';

/** Longest name any kind accepts: DNS subdomain, RFC 1123. */
const MAX_NAME = 253;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The path of a collection or an object, percent-encoded.
 * @throws BadInputError for a name that no object can have, before it becomes a request for something else (`..`, `a/b`)
 */
export function resourcePath(
  resource: Resource,
  at: { readonly namespace?: string | undefined; readonly name?: string | undefined },
  query: Query = {},
): string {
  const root =
    resource.group === ''
      ? `/api/${segment('version', resource.version)}`
      : `/apis/${segment('group', resource.group)}/${segment('version', resource.version)}`;
  const namespace = at.namespace === undefined ? '' : `/namespaces/${segment('namespace', at.namespace)}`;
  if (at.namespace !== undefined && !resource.namespaced) throw refuse(`${resource.kind} is not namespaced`, at.namespace);
  if (at.name !== undefined && at.namespace === undefined && resource.namespaced)
    throw refuse(`${resource.kind} needs a namespace`, at.name);
  const name = at.name === undefined ? '' : `/${segment('name', at.name)}`;
  return `${root}${namespace}/${segment('resource', resource.plural)}${name}${queryString(query)}`;
}

/** The rules of Kubernetes for path segments: not empty, not `.` or `..`, no `/` and no `%`; and what cannot be a name by its length. */
function segment(what: string, value: string): string {
  if (value === '') throw refuse(`its ${what} is empty`, value);
  if (value.length > MAX_NAME) throw refuse(`its ${what} has ${value.length} characters, Kubernetes allows ${MAX_NAME}`, value);
  if (value === '.' || value === '..' || /[/%\s]/.test(value) || hasControlCharacter(value))
    throw refuse(`its ${what} cannot be part of a path`, value);
  return encodeURIComponent(value);
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' || character === '\u007f');
}

function queryString(query: Query): string {
  const entries = Object.entries(query).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, String(value)]]));
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

function refuse(why: string, value: string): BadInputError {
  return new BadInputError(`cannot address the Kubernetes object ${JSON.stringify(value.slice(0, 60))}: ${why}`, {
    hint: 'correct the name; nothing was sent',
  });
}
