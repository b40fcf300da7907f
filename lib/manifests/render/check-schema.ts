import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BadInputError, messageOf } from '../../platform/errors.ts';
import { fieldOf, isJsonObject, type Json, type Value } from '../json.ts';

/** `strict` would refuse schemas for words that it does not know; formats are not part of validation unless asked for. */
const OPTIONS = { allErrors: true, strict: false, validateFormats: false } as const;

/**
 * Every way in which a value is not what a JSON schema (draft 7, 2019-09 or 2020-12) says; none when it is.
 * @param name of the schema, for errors @throws BadInputError for what is no schema
 */
export function schemaProblems(value: Value, schema: Json, name: string): readonly string[] {
  if (!isJsonObject(schema) && typeof schema !== 'boolean') throw notASchema(name, 'it is no map');
  const draft = String(fieldOf(schema, '$schema') ?? '');
  const ajv = /20(?:19-09|20-12)/.test(draft) ? new Ajv2020(OPTIONS) : new Ajv(OPTIONS);
  const validate = compile(ajv, schema, name);
  return validate(inDoubles(value)) === true ? [] : (validate.errors ?? []).map(problemText);
}

/** JSON schemas, and their validator, know no larger integers than JavaScript's numbers. */
function inDoubles(value: Value): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)));
}

function compile(ajv: Ajv | Ajv2020, schema: Json, name: string): ReturnType<Ajv['compile']> {
  try {
    // Ajv takes any object and says itself what is wrong with it.
    return ajv.compile(schema as object);
  } catch (error) {
    throw notASchema(name, messageOf(error));
  }
}

function notASchema(name: string, why: string): BadInputError {
  return new BadInputError(`the schema ${name} cannot be used: ${why}`, { hint: 'give a JSON schema that refers to no other file' });
}

function problemText({ instancePath, message = 'is wrong', keyword, params }: ErrorObject): string {
  const place = instancePath === '' ? 'the whole' : instancePath;
  if (keyword === 'additionalProperties') return `${place} has ${JSON.stringify(params.additionalProperty)}, which is not known`;
  if (keyword === 'enum') return `${place} must be one of ${JSON.stringify(params.allowedValues)}`;
  return `${place} ${message}`;
}
