import type { KubernetesObject } from '@kubernetes/client-node';
import { BadInputError } from '../../lib/platform/errors.ts';
import { MOST_REPLICAS } from '../../lib/sleep/replica-count.ts';
import type { SourceDocument } from './documents.ts';
import { passedOver } from './passed-over.ts';

/** Kinds whose metadata decides something here. Everything else in a file is none of our business, however it looks. */
const DECISIVE = new Set(['Deployment', 'StatefulSet', 'CronJob', 'Namespace', 'Pod']);

/** Lists of lists come from concatenated tools; nobody needs more levels than this. */
const DEEPEST_LISTS = 8;

type Fields = Readonly<Record<string, unknown>>;

interface Candidate {
  readonly value: Fields;
  readonly where: string;
}

/** The objects of the documents, lists taken apart, and what was read with a grain of salt. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  readonly warnings: readonly string[];
}

/** @throws BadInputError for a document that is no Kubernetes object, or an object of a kind that can sleep and has no name */
export function objectsOf(documents: Iterable<SourceDocument>): ReadObjects & { readonly documents: number } {
  const warnings: string[] = [];
  const objects: KubernetesObject[] = [];
  const others: Fields[] = [];
  let count = 0;
  for (const { value, where } of documents) {
    count += 1;
    for (const candidate of expand(value, where, undefined)) {
      if (DECISIVE.has(String(candidate.value.kind))) objects.push(readObject(candidate, warnings));
      else others.push(candidate.value);
    }
  }
  return { objects, warnings: [...passedOver(others), ...warnings], documents: count };
}

function expand(value: unknown, where: string, listOf: Fields | undefined, depth = 0): Candidate[] {
  if (depth > DEEPEST_LISTS)
    throw new BadInputError(`${where} was refused: lists are nested too deeply`, { hint: 'put the objects into one list' });
  if (!isFields(value)) throw notAnObject(where, Array.isArray(value) ? 'a list without kind' : `a ${typeof value}`);
  // The API leaves apiVersion and kind out of the items of a DeploymentList.
  const object = listOf ? { ...listOf, ...value } : value;
  const { kind, apiVersion, items } = object;
  if (typeof kind !== 'string' || kind === '') throw notAnObject(where, 'an object without kind');
  if (!kind.endsWith('List') || !('items' in object)) return [{ value: object, where }];
  if (items !== null && !Array.isArray(items)) throw notAnObject(`${where}, items`, `a ${typeof items}`);
  const itemType = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return (items ?? []).flatMap((item, index) => expand(item, `${where}, items[${index}]`, itemType, depth + 1));
}

function readObject({ value, where }: Candidate, warnings: string[]): KubernetesObject {
  const metadata = isFields(value.metadata) ? value.metadata : {};
  const kind = String(value.kind);
  if (typeof metadata.name !== 'string' || metadata.name === '') {
    throw new BadInputError(`${where} cannot be used: the ${kind} has no metadata.name`, {
      hint: 'give the object a name, or leave it out',
    });
  }
  const namespace = kind === 'Namespace' ? {} : { namespace: typeof metadata.namespace === 'string' ? metadata.namespace : 'default' };
  const texts = (field: string): Record<string, string> =>
    textMap(metadata[field], `${where}: ${kind} ${metadata.name}: ${field}`, warnings);
  checkSpec(value.spec, `${where}: ${kind} ${metadata.name}`);
  checkOwners(metadata.ownerReferences, `${where}: ${kind} ${metadata.name}`);
  return {
    ...value,
    metadata: { ...metadata, ...namespace, annotations: texts('annotations'), labels: texts('labels') },
  } as KubernetesObject;
}

/** The two fields of a spec that decide; the API server would refuse such a manifest too. */
function checkSpec(spec: unknown, where: string): void {
  const { replicas, suspend } = isFields(spec) ? spec : {};
  const count =
    replicas === undefined || replicas === null || (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0);
  if (!count)
    throw new BadInputError(`${where} cannot be used: spec.replicas is not a whole number`, {
      hint: 'write a number from 0 on, without quotes',
    });
  if (typeof replicas === 'number' && replicas > MOST_REPLICAS)
    throw new BadInputError(`${where} cannot be used: spec.replicas is more than Kubernetes can hold`, {
      hint: `write a number from 0 to ${MOST_REPLICAS}`,
    });
  if (suspend === undefined || suspend === null || typeof suspend === 'boolean') return;
  throw new BadInputError(`${where} cannot be used: spec.suspend is neither true nor false`, {
    hint: 'write true or false, without quotes',
  });
}

function checkOwners(owners: unknown, where: string): void {
  if (owners === undefined || owners === null || (Array.isArray(owners) && owners.every(isFields))) return;
  throw new BadInputError(`${where} cannot be used: metadata.ownerReferences is not a list of owners`, {
    hint: 'leave it out, or write it as kubectl get -o yaml shows it',
  });
}

/** The API takes only texts here; a number or boolean that lost its quotes is read as it was written. */
function textMap(value: unknown, where: string, warnings: string[]): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw new BadInputError(`${where} cannot be read: it is not a map`, { hint: 'write names and texts' });
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      if (typeof entry === 'object' && entry !== null)
        throw new BadInputError(`${where}.${name} cannot be read: it is not a text`, { hint: 'put the value in quotes' });
      if (typeof entry !== 'string') warnings.push(`${where}: ${name} is not a text: the API server will refuse it until it is in quotes`);
      return [name, entry === null ? '' : String(entry)];
    }),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAnObject(where: string, what: string): BadInputError {
  return new BadInputError(`${where} cannot be used: it is ${what}, not a Kubernetes object`, {
    hint: 'give manifests, or the output of kubectl get -o yaml',
  });
}
