import type { Json } from '../json.ts';
import type { FieldCause } from '../status.ts';

/** Problems of fields in the words of `k8s.io/apimachinery/pkg/util/validation/field`. */
export function invalidValue(field: string, value: Json | undefined, why: string): FieldCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${printed(value)}: ${why}`, field };
}

export function required(field: string, why = ''): FieldCause {
  return { reason: 'FieldValueRequired', message: why ? `Required value: ${why}` : 'Required value', field };
}

export function notSupported(field: string, value: Json | undefined, supported: readonly string[]): FieldCause {
  const list = supported.map((word) => JSON.stringify(word)).join(', ');
  return { reason: 'FieldValueNotSupported', message: `Unsupported value: ${printed(value)}: supported values: ${list}`, field };
}

export function forbiddenField(field: string, why: string): FieldCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function tooLong(field: string, why: string): FieldCause {
  return { reason: 'FieldValueTooLong', message: `Too long: ${why}`, field };
}

/** @param value an int32 that must not be negative, when it is there. */
export function nonNegative(field: string, value: Json | undefined): FieldCause[] {
  return typeof value === 'number' && value < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : [];
}

function printed(value: Json | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
