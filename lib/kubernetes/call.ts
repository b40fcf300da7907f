import type { Resource } from './client.ts';

/** Kubernetes RBAC verbs, as they stand in a Role. */
export type Verb = 'list' | 'get' | 'create' | 'update' | 'patch' | 'delete';

/** One call as people and RBAC speak of it; errors and counters are made of it. */
export interface Call {
  readonly cluster: string;
  readonly verb: Verb;
  readonly resource: Resource;
  readonly namespace?: string;
  readonly name?: string;
}

/** `patch deployments dev/web on cluster demo`; long names are cut, they may be as long as a URL allows. */
export function describeCall(call: Call): string {
  const where = call.name === undefined ? inNamespace(call) : ` ${cut(call.namespace ? `${call.namespace}/${call.name}` : call.name)}`;
  return `${call.verb} ${call.resource.plural}${where} on cluster ${call.cluster}`;
}

function inNamespace(call: Call): string {
  return call.namespace === undefined ? '' : ` in namespace ${cut(call.namespace)}`;
}

function cut(text: string): string {
  return text.length <= 140 ? text : `${text.slice(0, 140)}… (${text.length} characters)`;
}
