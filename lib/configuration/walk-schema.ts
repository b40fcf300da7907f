import * as z from 'zod';

type Schema = z.core.$ZodType;

/** A word of the file: where it may stand, `clusters[].name` or `stages.<name>.region`, and what it holds. */
export interface Word {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** Without what only says that something may be left out, or what holds then. */
export function bare(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return bare(schema.unwrap());
  return schema;
}

/** The schema of what stands at `path` in a value of `schema`; `undefined` where nothing may stand. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema as z.ZodType;
  const child = childOf(bare(schema), step);
  return child && schemaAt(child, rest);
}

function childOf(schema: Schema, step: PropertyKey): Schema | undefined {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? schema.shape[String(step)] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

/** The words that may stand directly below `schema`, in its order. */
export function knownWords(schema: Schema | undefined): readonly string[] {
  const inside = schema && bare(schema);
  return inside instanceof z.ZodObject ? Object.keys(inside.shape) : [];
}

/** Every word below `schema`, those of lists and named sections included. */
export function wordsBelow(schema: Schema, path = ''): readonly Word[] {
  const inside = bare(schema);
  if (inside instanceof z.ZodArray) return wordsBelow(inside.element, `${path}[]`);
  if (inside instanceof z.ZodRecord) return wordsBelow(inside.valueType, `${path}.<name>`);
  if (!(inside instanceof z.ZodObject)) return [];
  return Object.entries(inside.shape).flatMap(([word, below]) => {
    const own = path === '' ? word : `${path}.${word}`;
    return [{ path: own, schema: below as z.ZodType }, ...wordsBelow(below, own)];
  });
}
