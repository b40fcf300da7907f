import type { ApiObject } from '../api-object.ts';
import { at, equal, numberAt, objectAt, textAt } from '../json.ts';
import type { FieldCause } from '../status.ts';
import { forbiddenField, invalidValue, required } from './causes.ts';

const MAX_DATA = 1024 * 1024;
const KEY = /^[-._a-zA-Z0-9]+$/;

/** ConfigMaps and Secrets: keys, 1 MiB of values together, and `immutable`. */
export function validateData(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const causes: FieldCause[] = [];
  let size = 0;
  for (const field of ['data', 'binaryData']) {
    for (const [key, value] of Object.entries(objectAt(object, field) ?? {})) {
      if (!KEY.test(key))
        causes.push(
          invalidValue(
            `${field}[${key}]`,
            key,
            `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
          ),
        );
      if (typeof value === 'string')
        size += object.kind === 'Secret' || field === 'binaryData' ? Buffer.from(value, 'base64').length : Buffer.byteLength(value);
    }
  }
  if (size > MAX_DATA)
    causes.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MAX_DATA} bytes`,
      field: object.kind === 'Secret' ? 'data' : '',
    });
  if (previous && at(previous, 'immutable') === true) {
    if (at(object, 'immutable') !== true) causes.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'));
    if (!equal(at(object, 'data'), at(previous, 'data'))) causes.push(forbiddenField('data', 'field is immutable when `immutable` is set'));
  }
  return causes;
}

export function validateHorizontalPodAutoscaler(object: ApiObject): FieldCause[] {
  const causes: FieldCause[] = [];
  const min = numberAt(object, 'spec', 'minReplicas') ?? 1;
  const max = numberAt(object, 'spec', 'maxReplicas') ?? 0;
  if (min < 1) causes.push(invalidValue('spec.minReplicas', min, 'must be greater than or equal to 1'));
  if (max < 1) causes.push(invalidValue('spec.maxReplicas', max, 'must be greater than 0'));
  if (max < min) causes.push(invalidValue('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'));
  for (const field of ['kind', 'name']) {
    if (!textAt(object, 'spec', 'scaleTargetRef', field)) causes.push(required(`spec.scaleTargetRef.${field}`));
  }
  return causes;
}

export function validateDisruptionBudget(object: ApiObject): FieldCause[] {
  if (at(object, 'spec', 'minAvailable') === undefined || at(object, 'spec', 'maxUnavailable') === undefined) return [];
  return [invalidValue('spec', at(object, 'spec'), 'minAvailable and maxUnavailable cannot be both set')];
}

export function validateRoleBinding(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const role = at(object, 'roleRef');
  if (previous && !equal(role, at(previous, 'roleRef'))) return [invalidValue('roleRef', role, 'cannot change roleRef')];
  return ['kind', 'name'].flatMap((field) => (textAt(role, field) ? [] : [required(`roleRef.${field}`)]));
}
