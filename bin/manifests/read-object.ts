import type { KubernetesObject } from '@kubernetes/client-node';
import { BadInputError } from '../../lib/platform/errors.ts';
import { MOST_REPLICAS } from '../../lib/sleep/replica-count.ts';
import type { Candidate } from './expand.ts';
import { isFields } from './fields.ts';

/**
 * An object that decides something here, with the metadata that decisions read in the shape in which the API serves it.
 * @param warnings gets what was read with a grain of salt
 * @returns undefined for an object that has no name before it is created
 * @throws BadInputError for what no API server would take
 */
export function readObject({ value, where }: Candidate, warnings: string[]): KubernetesObject | undefined {
  const metadata = isFields(value.metadata) ? value.metadata : {};
  const kind = String(value.kind);
  const name = nameOf({ metadata, kind, where }, warnings);
  if (name === undefined) return undefined;
  const object = `${where}: ${kind} ${name}`;
  const namespace = kind === 'Namespace' ? {} : { namespace: textOf(metadata, 'namespace', object) ?? 'default' };
  const texts = (field: string): Record<string, string> => textMap(metadata[field], `${object}: ${field}`, warnings);
  checkSpec(value.spec, object);
  checkOwners(metadata.ownerReferences, object);
  return {
    ...value,
    metadata: { ...metadata, ...namespace, annotations: texts('annotations'), labels: texts('labels') },
  } as KubernetesObject;
}

interface Nameable {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly kind: string;
  readonly where: string;
}

function nameOf({ metadata, kind, where }: Nameable, warnings: string[]): string | undefined {
  const name = textOf(metadata, 'name', `${where}: ${kind}`);
  if (name !== undefined) return name;
  const generated = textOf(metadata, 'generateName', `${where}: ${kind}`);
  if (generated === undefined)
    throw new BadInputError(`${where} cannot be used: the ${kind} has no metadata.name`, {
      hint: 'give the object a name, or leave it out',
    });
  warnings.push(`${where}: ${kind} ${generated}* passed over: with metadata.generateName alone it has no name until it is created`);
  return undefined;
}

/** An empty text is none, as it is for the API server. */
function textOf(metadata: Readonly<Record<string, unknown>>, field: string, where: string): string | undefined {
  const value = metadata[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new BadInputError(`${where} cannot be used: metadata.${field} is not a string`, { hint: 'put the value in quotes' });
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
