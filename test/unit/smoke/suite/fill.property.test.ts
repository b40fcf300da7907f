import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../lib/smoke/assert/evaluate.ts';
import { fillAssertions, fillProbe } from '../../../../lib/smoke/suite/fill.ts';
import type { HttpProbe } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { anHttpSubject, NOW } from '../subjects.ts';
import { checkOf } from './suites.ts';

/** What breaks texts that are put together carelessly, alone and among others. */
const nasty = fc.oneof(
  fc.constantFrom(
    '"',
    "'",
    '\\',
    '{{',
    '}}',
    '{{v}}',
    '{{{{',
    '%',
    '%2F',
    '/',
    '..',
    '?',
    '#',
    '&',
    '=',
    '\n',
    '\r\n',
    ': ',
    '- ',
    '<',
    '$&',
    '$1',
    '\0',
    '💥',
    '\u2028',
  ),
  fc.string({ unit: 'binary' }),
);
const value = fc.array(nasty, { maxLength: 5 }).map((parts) => parts.join('').toWellFormed());

const BODY = 'json: { a: "{{v}}", b: ["x{{v}}y", { c: "{{v}}{{v}}" }], n: 1, "{": "{{{{v}}" }';
const { probe, assert } = await checkOf(
  `{ name: a, http: { url: "https://x.example.com/p/{{v}}/q?r={{v}}&s=1#{{v}}", query: { z: "{{v}}" }, ${BODY} }, assert: [{ jsonPath: $.a, equals: "{{v}}" }, { jsonPath: $.a, matches: "^{{v}}$" }, { jsonPath: $.list, equals: ["{{v}}"] }] }`,
  'variables: { v: x }\n',
);

function fill(text: string): HttpProbe {
  const filled = fillProbe(probe, new Map([['v', text]]));
  if (filled.kind !== 'http') throw new TypeError('an http probe is wanted');
  return filled;
}

describe('whatever a value is', () => {
  it('a JSON body keeps its structure, and gives the value back', () => {
    fc.assert(
      fc.property(value, (text) => {
        const { body } = fill(text.replace(/^\.{1,2}$/, 'x'));
        const sent: unknown = body?.kind === 'json' ? JSON.parse(JSON.stringify(body.value)) : undefined;
        const v = text.replace(/^\.{1,2}$/, 'x');

        expect(sent).toEqual({ a: v, b: [`x${v}y`, { c: `${v}${v}` }], n: 1, '{': '{{v}}' });
      }),
    );
  });

  it('a URL keeps its host, its segments and its parameters, and gives the value back', () => {
    fc.assert(
      fc.property(
        value.filter((text) => !/^\.{0,2}$/.test(text)),
        (text) => {
          const url = new URL(fill(text).url);

          expect([url.host, url.pathname.split('/').length, [...url.searchParams.keys()]]).toEqual(['x.example.com', 4, ['r', 's']]);
          expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(text);
          expect(url.searchParams.get('r')).toBe(text);
        },
      ),
    );
  });

  it('it is expected as itself, in a regular expression too', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const subject = anHttpSubject({ body: JSON.stringify({ a: text, list: [text] }) });

        const results = await evaluate(fillAssertions(assert, new Map([['v', text]])), subject, { now: NOW, durationMs: 1 });

        expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true]);
      }),
    );
  });
});
