import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { suiteJsonSchema } from '../../../../lib/smoke/suite/json-schema.ts';
import { suiteSchema } from '../../../../lib/smoke/suite/schema.ts';
import published from '../../../../schema/smoke-suite.schema.json' with { type: 'json' };
import { suiteText, WHOLE } from './suites.ts';

/** `required` stands beside the properties that it is of, in `oneOf`; a port and a status may be number or text. */
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(published);

describe('the published JSON schema of suites', () => {
  it('is the one of the code: npm run build:schema writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(suiteJsonSchema())));
  });

  it('is in the draft that editors know best', () => {
    expect(published).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', title: 'Nightshift smoke suite' });
  });

  it('explains every word', () => {
    const silent = wordsOf(suiteSchema).filter(({ schema }) => (schema.description ?? '').length < 3);

    expect(wordsOf(suiteSchema).length).toBeGreaterThan(150);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

const http = (assertion: string, more = ''): string => suiteText([`{ name: a, http: { url: http://x${more} }, assert: [${assertion}] }`]);

describe('what the reader takes, the schema takes', () => {
  it.each([
    ['a suite with a word of everything', WHOLE],
    ['a status', http('{ status: { not: [404, 5xx] } }')],
    ['a header', http('{ header: a, count: { atMost: 2 } }')],
    ['a value of null', http('{ jsonPath: $.a, equals: null }')],
    ['a list', http('{ jsonPath: "$..a", equals: [1, { b: 2 }] }')],
    ['a hop', http('{ hop: { index: -1, header: location }, exists: true }')],
    ['a certificate', http('{ certificate: { daysLeft: { greaterThan: 3 } } }')],
    ['an own identity', `${suiteText(['{ name: a, dns: { name: x } }'])}identity: { http: { url: http://x }, assert: [{ body: x }] }`],
  ])('%s', (_, text) => {
    const value: unknown = parse(text);

    expect(suiteSchema.safeParse(value).error?.issues).toBeUndefined();
    expect([validate(value), validate.errors]).toEqual([true, null]);
  });
});

describe('what the reader refuses for its shape, the schema refuses', () => {
  it.each([
    ['no version', 'checks: [{ name: a, dns: { name: x } }]'],
    ['no checks', 'version: 1'],
    ['an unknown word', suiteText(['{ name: a, dns: { name: x }, assertions: [] }'])],
    ['no probe', suiteText(['{ name: a }'])],
    ['two probes', suiteText(['{ name: a, dns: { name: x }, tcp: { host: x, port: 1 } }'])],
    ['no time', suiteText(['{ name: a, dns: { name: x }, timeout: 0s }'])],
    ['a time without unit', suiteText(['{ name: a, dns: { name: x }, timeout: 5 }'])],
    ['two operators', http('{ header: a, equals: x, contains: x }')],
    ['no operator', http('{ header: a }')],
    ['an operator inside and one beside', http('{ body: { contains: x }, contains: x }')],
    ['two operators inside', http('{ body: { contains: x, equals: x } }')],
    ['two sources', http('{ body: x, size: 3B }')],
    ['a latency without limit', http('{ latency: {} }')],
    ['a status of nowhere', http('{ status: 600 }')],
    ['two bodies', http('', ', body: x, form: { a: b }')],
    ['two ways of auth', http('', ', auth: { bearer: x, basic: { username: a, password: b } }')],
    ['a method in small letters', http('', ', method: get')],
    ['a method that opens a tunnel', http('', ', method: CONNECT')],
    ['a port of nowhere', suiteText(['{ name: a, tcp: { host: x, port: 65536 } }'])],
    ['text and bytes to send', suiteText(['{ name: a, tcp: { host: x, port: 1, send: a, sendBase64: YQ== } }'])],
    ['an unknown source of a variable', suiteText(['{ name: a, dns: { name: x } }'], 'variables: { p: { from: vault x } }\n')],
    ['a variable that is a number', suiteText(['{ name: a, dns: { name: x } }'], 'variables: { p: 1 }\n')],
    ['a variable without a name', suiteText(['{ name: a, dns: { name: x } }'], 'variables: { "1p": x }\n')],
    ['a retry of what may not be spoken to', suiteText(['{ name: a, dns: { name: x }, retry: { on: [refused] } }'])],
    [
      'an identity that is two',
      `${suiteText(['{ name: a, dns: { name: x } }'])}identity: { check: a, http: { url: http://x }, assert: [{ body: x }] }`,
    ],
    ['an identity that is nothing', `${suiteText(['{ name: a, dns: { name: x } }'])}identity: { successes: 3 }`],
    ['two captures', suiteText(['{ name: a, http: { url: x }, capture: { c: { status: true, body: true } } }'])],
  ])('%s', (_, text) => {
    const value: unknown = parse(text);

    expect(suiteSchema.safeParse(value).success).toBe(false);
    expect(validate(value)).toBe(false);
  });
});

interface Word {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** Every word of a schema, those of alternatives and lists included. */
function wordsOf(schema: z.core.$ZodType, path = ''): readonly Word[] {
  if (schema instanceof z.ZodOptional) return wordsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return wordsOf(schema.in, path);
  if (schema instanceof z.ZodArray) return wordsOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodRecord) return wordsOf(schema.valueType, `${path}.<name>`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => wordsOf(option, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([word, below]) => [
    { path: `${path}.${word}`, schema: below as z.ZodType },
    ...wordsOf(below as z.ZodType, `${path}.${word}`),
  ]);
}
