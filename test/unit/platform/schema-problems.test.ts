import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pathText, problemsOf } from '../../../lib/platform/schema-problems.ts';

function problemTexts(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : problemsOf(parsed.error).map(({ path, message }) => `${pathText(path)}: ${message}`);
}

describe('problemsOf', () => {
  it('names each unknown field on its own', () => {
    expect(problemTexts(z.object({ inner: z.strictObject({}) }), { inner: { a: 1, b: 2 } })).toEqual([
      'inner.a: unknown field',
      'inner.b: unknown field',
    ]);
  });

  it('shows the problems of the union member that came nearest', () => {
    const schema = z.object({
      source: z.union([z.strictObject({ file: z.string() }), z.strictObject({ bucket: z.string(), key: z.string(), size: z.number() })]),
    });

    expect(problemTexts(schema, { source: { bucket: 'b', key: 'k', size: 'large' } })).toEqual([
      'source.size: invalid input: expected number, received string',
    ]);
  });

  it('names the field that tells union members apart', () => {
    const schema = z.discriminatedUnion('via', [z.object({ via: z.literal('eks') }), z.object({ via: z.literal('file') })]);

    expect(problemTexts(schema, { via: 'ftp' })).toEqual([expect.stringMatching(/^via: /)]);
  });

  it('points into lists', () => {
    expect(problemTexts(z.array(z.object({ name: z.string() })), [{ name: 'a' }, {}])).toEqual([
      '[1].name: invalid input: expected string, received undefined',
    ]);
  });
});
