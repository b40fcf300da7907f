import { BadInputError } from '../../lib/platform/errors.ts';
import { type Fields, isFields } from './fields.ts';

/** Something with a kind, and the place that errors name: `app.yaml, document 2 (line 14), items[3]`. */
export interface Candidate {
  readonly value: Fields;
  readonly where: string;
}

/** Lists of lists come from concatenated tools; nobody needs more levels than this. */
const DEEPEST_LISTS = 8;

/** Takes lists apart, nested and typed ones too. @throws BadInputError for what is no Kubernetes object */
export function expand({ value, where }: { readonly value: unknown; readonly where: string }): Candidate[] {
  return expandAt({ value, where, depth: 0 });
}

/** What a value is when it is no Kubernetes object, as in `a list without kind`. */
export function whatInstead(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'a list without kind';
  if (!isFields(value)) return `a ${typeof value}`;
  return typeof value.kind === 'string' && value.kind !== '' ? undefined : 'an object without kind';
}

interface Place {
  readonly value: unknown;
  readonly where: string;
  readonly depth: number;
  /** The API leaves apiVersion and kind out of the items of a DeploymentList. */
  readonly itemType?: Fields;
}

function expandAt({ value, where, depth, itemType }: Place): Candidate[] {
  if (depth > DEEPEST_LISTS)
    throw new BadInputError(`${where} was refused: lists are nested too deeply`, { hint: 'put the objects into one list' });
  const object = itemType && isFields(value) ? { ...itemType, ...value } : value;
  const other = whatInstead(object);
  if (other !== undefined || !isFields(object)) throw notAnObject(where, other ?? 'nothing');
  const { apiVersion, items } = object;
  const kind = String(object.kind);
  if (!kind.endsWith('List') || !('items' in object)) return [{ value: object, where }];
  if (items !== null && !Array.isArray(items)) throw notAnObject(`${where}, items`, `a ${typeof items}`);
  const inside = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return (items ?? []).flatMap((item, index) =>
    expandAt({ value: item, where: `${where}, items[${index}]`, depth: depth + 1, itemType: inside }),
  );
}

function notAnObject(where: string, what: string): BadInputError {
  return new BadInputError(`${where} cannot be used: it is ${what}, not a Kubernetes object`, {
    hint: 'give manifests, or the output of kubectl get -o yaml',
  });
}
