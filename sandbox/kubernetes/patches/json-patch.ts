import { clone, define, equal, isJsonObject, type Json, type JsonObject } from '../json.ts';

/** An operation that the document does not allow (RFC 6902 section 5): nothing of the patch is applied. */
export class JsonPatchError extends Error {
  override readonly name = 'JsonPatchError';
}

/** Applies an RFC 6902 patch to a copy. @throws JsonPatchError */
export function applyJsonPatch(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw new JsonPatchError('a JSON patch is a list of operations');
  return patch.reduce<Json>(applyOperation, clone(document));
}

function applyOperation(document: Json, operation: Json): Json {
  if (!isJsonObject(operation)) throw new JsonPatchError('an operation is an object');
  const path = pointer(operation.path, 'path');
  switch (operation.op) {
    case 'add':
      return add(document, path, operand(operation));
    case 'remove':
      return remove(document, path);
    case 'replace':
      read(document, path);
      return path.length === 0 ? operand(operation) : replace(document, path, operand(operation));
    case 'move': {
      const from = pointer(operation.from, 'from');
      if (isPrefix(from, path)) throw new JsonPatchError('a value cannot move into itself');
      const value = read(document, from);
      return add(remove(document, from), path, value);
    }
    case 'copy':
      return add(document, path, clone(read(document, pointer(operation.from, 'from'))));
    case 'test':
      if (!equal(read(document, path), operand(operation))) throw new JsonPatchError(`test failed at /${path.join('/')}`);
      return document;
    default:
      throw new JsonPatchError(`unknown operation ${JSON.stringify(operation.op ?? null)}`);
  }
}

function operand(operation: JsonObject): Json {
  const value = operation.value;
  if (value === undefined) throw new JsonPatchError(`"${String(operation.op)}" needs a value`);
  return clone(value);
}

/** RFC 6901: `~1` is a slash, `~0` a tilde. */
function pointer(text: Json | undefined, field: string): string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/'))) throw new JsonPatchError(`"${field}" is not a JSON pointer`);
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isPrefix(from: readonly string[], path: readonly string[]): boolean {
  return from.length < path.length && from.every((part, index) => part === path[index]);
}

function read(document: Json, path: readonly string[]): Json {
  let current: Json = document;
  for (const step of path) {
    const next: Json | undefined = Array.isArray(current) ? current[index(step, current.length - 1)] : field(current, step);
    if (next === undefined) throw new JsonPatchError(`no value at /${path.join('/')}`);
    current = next;
  }
  return current;
}

function field(value: Json, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function index(text: string, last: number): number {
  const position = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
  if (!(position <= last)) throw new JsonPatchError(`"${text}" is no index of the list`);
  return position;
}

function split(path: readonly string[]): [readonly string[], string] {
  return [path.slice(0, -1), path.at(-1) ?? ''];
}

function add(document: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  const [parentPath, last] = split(path);
  const parent = read(document, parentPath);
  if (Array.isArray(parent)) parent.splice(last === '-' ? parent.length : index(last, parent.length), 0, value);
  else if (isJsonObject(parent)) define(parent, last, value);
  else throw new JsonPatchError(`nothing can be added below /${parentPath.join('/')}`);
  return document;
}

function replace(document: Json, path: readonly string[], value: Json): Json {
  const [parentPath, last] = split(path);
  const parent = read(document, parentPath);
  if (Array.isArray(parent)) parent[index(last, parent.length - 1)] = value;
  else if (isJsonObject(parent)) define(parent, last, value);
  return document;
}

function remove(document: Json, path: readonly string[]): Json {
  read(document, path);
  if (path.length === 0) return null;
  const [parentPath, last] = split(path);
  const parent = read(document, parentPath);
  if (Array.isArray(parent)) parent.splice(index(last, parent.length - 1), 1);
  else if (isJsonObject(parent)) delete parent[last];
  return document;
}
