import { BadInputError } from '../../lib/platform/errors.ts';
import type { StatusInput } from '../../lib/rollout/status/status-item.ts';
import type { Io } from '../io.ts';
import { documentsOf, type SourceDocument } from './documents.ts';
import { whatInstead } from './expand.ts';
import { type Fields, isFields } from './fields.ts';
import { readSources } from './source.ts';

/** Lists of lists come from concatenated tools; nobody needs more levels than this. */
const DEEPEST_LISTS = 8;

export interface StatusInputs {
  readonly inputs: readonly StatusInput[];
  readonly warnings: readonly string[];
}

/**
 * Everything that `-f` names, lists taken apart, in its order and as it was written. What is no Kubernetes object is told in its place, so that it
 * does not hide the others; in a directory it is passed over with a warning, as any values.yaml.
 * @throws BadInputError when a text cannot be read, or there is nothing in it, or no object at all
 */
export async function readStatusInputs(paths: readonly string[], io: Pick<Io, 'stdin'>): Promise<StatusInputs> {
  const warnings: string[] = [];
  const inputs: StatusInput[] = [];
  let documents = 0;
  for (const source of await readSources(paths, io)) {
    for (const document of documentsOf(source)) {
      documents += 1;
      const other = document.found ? whatInstead(document.value) : undefined;
      if (other === undefined) inputs.push(...inputsOf(document));
      else warnings.push(`${document.where} passed over: it is ${other}, not a Kubernetes object`);
    }
  }
  checkUsable(paths, documents, inputs);
  return { inputs, warnings };
}

/** An empty list is an answer; a file that holds something else is a mistake in the command. */
function checkUsable(paths: readonly string[], documents: number, inputs: readonly StatusInput[]): void {
  const [first] = inputs;
  const hint = 'give manifests, or the output of kubectl get -o yaml';
  if (documents === 0) throw new BadInputError(`${paths.join(', ')} cannot be used: there is nothing in it`, { hint });
  if (first !== undefined && inputs.every((input) => 'problem' in input) && 'problem' in first) {
    throw new BadInputError(`${paths.join(', ')} cannot be used: ${first.problem}`, { hint });
  }
}

function inputsOf({ value, where }: Pick<SourceDocument, 'value' | 'where'>): readonly StatusInput[] {
  return expand({ value, where, depth: 0 });
}

interface Place {
  readonly value: unknown;
  readonly where: string;
  readonly depth: number;
  /** The API leaves apiVersion and kind out of the items of a DeploymentList. */
  readonly itemType?: Fields;
}

function expand({ value, where, depth, itemType }: Place): readonly StatusInput[] {
  const object = itemType && isFields(value) ? { ...itemType, ...value } : value;
  const other = whatInstead(object);
  if (other !== undefined || !isFields(object)) return [{ problem: `${where} is ${other ?? 'nothing'}, not a Kubernetes object` }];
  const { apiVersion, items } = object;
  const kind = String(object.kind);
  if (!kind.endsWith('List') || !('items' in object)) return [{ object }];
  if (items !== null && !Array.isArray(items))
    return [{ problem: `${where}, items is a ${typeof items}, not a list of Kubernetes objects` }];
  if (depth === DEEPEST_LISTS) return [{ problem: `${where} is a list in too many others` }];
  const inside = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return (items ?? []).flatMap((item: unknown, index) =>
    expand({ value: item, where: `${where}, items[${index}]`, depth: depth + 1, itemType: inside }),
  );
}
