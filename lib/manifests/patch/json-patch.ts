import { clone, define, equal, fieldOf, isJsonObject, type Json } from '../json.ts';
import { type JsonOperation, operationOf } from './json-operation.ts';
import { pointerText } from './json-pointer.ts';
import { BadPatchError, PatchRefusedError } from './patch-error.ts';

type Path = readonly string[];

/**
 * Applies an RFC 6902 patch to a copy, all of it or none.
 * The RFC is kept where the API server is laxer: it lets `replace` make a field that is not there, and takes indexes such as `-1` and `01`.
 * @throws BadPatchError for what is no patch; PatchRefusedError for an operation that the document does not allow
 */
export function applyJsonPatch(document: Json, patch: Json): Json {
  return applyOperations(clone(document), operationsOf(patch), clone);
}

/** @throws BadPatchError */
export function operationsOf(patch: Json): readonly JsonOperation[] {
  if (!Array.isArray(patch)) throw new BadPatchError('a JSON patch is a list of operations');
  return patch.map(operationOf);
}

/** Makes the operations in the document, which is changed. @param copyOf makes of a part what `copy` puts elsewhere @throws PatchRefusedError */
export function applyOperations(document: Json, operations: readonly JsonOperation[], copyOf: (part: Json) => Json): Json {
  return operations.reduce<Json>((current, operation, index) => applyOperation(current, { operation, index, copyOf }), document);
}

interface Applied {
  readonly operation: JsonOperation;
  readonly index: number;
  readonly copyOf: (part: Json) => Json;
}

function applyOperation(document: Json, { operation, index, copyOf }: Applied): Json {
  const { op, path } = operation;
  try {
    return result(document, operation, copyOf);
  } catch (error) {
    if (!(error instanceof PatchRefusedError)) throw error;
    throw new PatchRefusedError(`operation ${index} (${op} ${pointerText(path) || 'the whole document'}) does not fit: ${error.message}`, {
      hint: 'compare the patch with the document; nothing of it was applied',
    });
  }
}

function result(document: Json, operation: JsonOperation, copyOf: (part: Json) => Json): Json {
  const { path } = operation;
  switch (operation.op) {
    case 'add':
      return add(document, path, clone(operation.value));
    case 'remove':
      return remove(document, path);
    case 'replace':
      return replace(document, path, clone(operation.value));
    case 'copy':
      return add(document, path, copyOf(read(document, operation.from)));
    case 'move': {
      const value = read(document, operation.from);
      return add(remove(document, operation.from), path, value);
    }
    case 'test':
      if (!equal(read(document, path), operation.value)) throw new PatchRefusedError('the value is another');
      return document;
  }
}

function read(document: Json, path: Path): Json {
  let current: Json = document;
  for (const [depth, step] of path.entries()) {
    const next: Json | undefined = Array.isArray(current) ? current[index(step, current.length - 1)] : fieldOf(current, step);
    if (next === undefined) throw new PatchRefusedError(`there is nothing at ${pointerText(path.slice(0, depth + 1))}`);
    current = next;
  }
  return current;
}

/** An index without sign and leading zeros, up to `last`. */
function index(text: string, last: number): number {
  const position = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
  if (!(position <= last)) throw new PatchRefusedError(`${JSON.stringify(text)} is no index of the list, which has ${last + 1} items`);
  return position;
}

function add(document: Json, path: Path, value: Json): Json {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(last === '-' ? parent.length : addIndex(last, parent.length), 0, value);
  else if (isJsonObject(parent)) define(parent, last, value);
  else throw new PatchRefusedError(`${pointerText(path.slice(0, -1)) || 'the document'} is neither a list nor a map`);
  return document;
}

function addIndex(text: string, length: number): number {
  // One beyond the last item is a place to add at.
  return text === String(length) ? length : index(text, length - 1);
}

function replace(document: Json, path: Path, value: Json): Json {
  const last = path.at(-1);
  read(document, path);
  if (last === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent[Number(last)] = value;
  else if (isJsonObject(parent)) define(parent, last, value);
  return document;
}

function remove(document: Json, path: Path): Json {
  const last = path.at(-1);
  read(document, path);
  if (last === undefined) return null;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isJsonObject(parent)) delete parent[last];
  return document;
}
