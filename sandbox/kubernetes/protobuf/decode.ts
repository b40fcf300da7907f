import { define, type Json, type JsonObject } from '../json.ts';
import { type Field, type FieldType, MESSAGES, type Message } from './messages.ts';
import { readFields, WireError, type WireField } from './wire.ts';

/** A document in Kubernetes' protobuf envelope that cannot be turned into JSON without losing something. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

const MAGIC = Buffer.from('k8s\0');

/** Decodes an object sent as `application/vnd.kubernetes.protobuf`. @throws ProtobufError for a kind or a field that is not known here. */
export function decodeProtobuf(bytes: Uint8Array): JsonObject {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw new ProtobufError('the envelope is missing');
  try {
    // runtime.Unknown: 1 is the type, 2 the object itself.
    const envelope = new Map([...readFields(bytes.subarray(MAGIC.length))].map(({ number, value }) => [number, value]));
    const type = decodeMessage(bytesOf(envelope.get(1)), TYPE_META, 'TypeMeta');
    const kind = String(type.kind ?? '');
    const message = Object.hasOwn(MESSAGES, kind) ? MESSAGES[kind] : undefined;
    if (!message) throw new ProtobufError(`objects of kind ${kind} are only understood as JSON`);
    return { ...type, ...decodeMessage(bytesOf(envelope.get(2)), message, kind) };
  } catch (error) {
    throw error instanceof WireError ? new ProtobufError(error.message) : error;
  }
}

const TYPE_META: Message = { 1: { name: 'apiVersion', type: 'string' }, 2: { name: 'kind', type: 'string' } };

function bytesOf(value: WireField['value'] | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function decodeMessage(bytes: Uint8Array, message: Message, path: string): JsonObject {
  const result: JsonObject = {};
  for (const { number, value } of readFields(bytes)) {
    const field = message[number];
    if (!field) {
      // Go writes fields that are not optional even when they are empty; only a value would be lost.
      if (!isEmpty(value)) throw new ProtobufError(`field ${number} of ${path} is only understood as JSON`);
    } else put(result, field, value, path);
  }
  return result;
}

/** Zero, no bytes, or a message of nothing but empty fields. */
function isEmpty(value: WireField['value']): boolean {
  if (typeof value === 'bigint') return value === 0n;
  try {
    return [...readFields(value)].every((field) => isEmpty(field.value));
  } catch {
    return false;
  }
}

function put(target: JsonObject, field: Field, value: WireField['value'], path: string): void {
  if (typeof field.type === 'object' && 'map' in field.type) {
    const entry = decodeMessage(bytesOf(value), entryOf(field.type.map), path);
    const present = target[field.name];
    const map: JsonObject = typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
    define(map, String(entry.key ?? ''), entry.value ?? '');
    target[field.name] = map;
    return;
  }
  const decoded = decodeValue(value, field.type, `${path}.${field.name}`);
  if (field.repeated) {
    const present = target[field.name];
    target[field.name] = [...(Array.isArray(present) ? present : []), decoded ?? ''];
  } else if (decoded !== undefined) target[field.name] = decoded;
}

function entryOf(values: 'string' | 'bytes' | 'quantity'): Message {
  return { 1: { name: 'key', type: 'string' }, 2: { name: 'value', type: values } };
}

function decodeValue(value: WireField['value'], type: Exclude<FieldType, { map: unknown }>, path: string): Json | undefined {
  if (typeof type === 'object') return decodeMessage(bytesOf(value), type.message(), path);
  switch (type) {
    case 'string':
      return Buffer.from(bytesOf(value)).toString() || undefined;
    case 'bytes':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'bool':
      return value === 1n;
    case 'switch':
      return value === 1n ? true : undefined;
    case 'number':
      return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : undefined;
    case 'count':
      return value === 0n ? undefined : Number(value);
    case 'quantity':
      return decodeMessage(bytesOf(value), QUANTITY, path).text;
    case 'int-or-string': {
      const { kind, number, text } = decodeMessage(bytesOf(value), INT_OR_STRING, path);
      return kind === 1 ? (text ?? '') : (number ?? 0);
    }
  }
}

const QUANTITY: Message = { 1: { name: 'text', type: 'string' } };
const INT_OR_STRING: Message = {
  1: { name: 'kind', type: 'number' },
  2: { name: 'number', type: 'number' },
  3: { name: 'text', type: 'string' },
};
