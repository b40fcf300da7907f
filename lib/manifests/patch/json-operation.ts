import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parsePointer } from './json-pointer.ts';
import { BadPatchError } from './patch-error.ts';

type Path = readonly string[];

/** One operation of an RFC 6902 patch; paths are steps from the root of the document. */
export type JsonOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Path }
  | { readonly op: 'move' | 'copy'; readonly path: Path; readonly from: Path };

/** Reads one operation; fields that the RFC does not know are passed over, as it wants. @throws BadPatchError that names the operation by its index */
export function operationOf(value: Json, index: number): JsonOperation {
  const fail = (why: string): BadPatchError =>
    new BadPatchError(`operation ${index} of the JSON patch is wrong: ${why}`, { hint: 'write it as RFC 6902 says; nothing was applied' });
  if (!isJsonObject(value)) throw fail('it is not an object');
  const path = pointer(value, 'path', fail);
  switch (value.op) {
    case 'add':
    case 'replace':
    case 'test': {
      const operand = fieldOf(value, 'value');
      if (operand === undefined) throw fail(`"${value.op}" needs a value`);
      return { op: value.op, path, value: operand };
    }
    case 'remove':
      return { op: 'remove', path };
    case 'move':
    case 'copy': {
      const from = pointer(value, 'from', fail);
      if (value.op === 'move' && isInside(path, from)) throw fail('a value cannot move into itself');
      return { op: value.op, path, from };
    }
    default:
      throw fail(`there is no operation ${JSON.stringify(value.op ?? null)}`);
  }
}

function pointer(operation: JsonObject, field: 'path' | 'from', fail: (why: string) => BadPatchError): string[] {
  const text = fieldOf(operation, field);
  if (typeof text !== 'string') throw fail(`"${field}" is not a JSON pointer`);
  try {
    return parsePointer(text);
  } catch (error) {
    if (error instanceof BadPatchError) throw fail(`"${field}": ${error.message}`);
    throw error;
  }
}

function isInside(path: Path, outer: Path): boolean {
  return outer.length < path.length && outer.every((step, index) => step === path[index]);
}
