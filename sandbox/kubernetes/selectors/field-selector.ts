import type { ApiObject } from '../api-object.ts';
import { at, textAt } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { badRequest } from '../status.ts';

export type FieldPredicate = (object: ApiObject) => boolean;

/** Fields beyond metadata.name and metadata.namespace that the API server can select by. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  '/pods': ['status.phase', 'spec.nodeName', 'spec.restartPolicy', 'spec.serviceAccountName', 'status.podIP'],
  '/events': [
    'involvedObject.kind',
    'involvedObject.name',
    'involvedObject.namespace',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'type',
    'reportingComponent',
    'source',
  ],
  '/namespaces': ['status.phase'],
  '/secrets': ['type'],
  '/nodes': ['spec.unschedulable'],
  'batch/jobs': ['status.successful'],
  'apps/replicasets': ['status.replicas'],
};

/** `a=b`, `a==b`, `a!=b`, joined by commas. @throws StatusError 400 for another form or a field that is not selectable. */
export function parseFieldSelector(text: string, kind: Kind): FieldPredicate {
  const predicates = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => requirement(part, kind));
  return (object) => predicates.every((predicate) => predicate(object));
}

function requirement(part: string, kind: Kind): FieldPredicate {
  const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(part);
  const [field, operator, value] = [match?.[1], match?.[2], match?.[3]];
  if (field === undefined || value === undefined) throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
  const selectable = ['metadata.name', 'metadata.namespace', ...(SELECTABLE[kind.id] ?? [])];
  if (!selectable.includes(field)) {
    throw badRequest(`field label not supported: ${field}`);
  }
  return (object) => (fieldText(object, field) === value) === (operator !== '!=');
}

function fieldText(object: ApiObject, field: string): string {
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  const path = field.split('.');
  const found = at(object, ...path);
  return textAt(object, ...path) ?? (found === undefined || found === null ? '' : String(found));
}
