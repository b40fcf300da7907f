import { describe, expect, it } from 'vitest';
import { capture } from '../../../../lib/smoke/assert/capture.ts';
import type { Capture } from '../../../../lib/smoke/suite/assertion.ts';
import { captureSchema } from '../../../../lib/smoke/suite/assertion-schema.ts';
import { toCapture } from '../../../../lib/smoke/suite/to-assertion.ts';
import { aDnsSubject, anHttpSubject, aTcpSubject } from '../subjects.ts';

const one = (written: unknown): Readonly<Record<string, Capture>> => ({ it: toCapture(captureSchema.parse(written)) });

const ANSWER = anHttpSubject({
  body: JSON.stringify({ token: 'abc', id: 7, ok: false, list: [1, { a: 'x' }], none: null, big: 0, long: 'x'.repeat(70_000) }).replace(
    '"big":0',
    '"big":12345678901234567890',
  ),
  headers: [
    ['content-type', 'application/json'],
    ['location', '/orders/7'],
    ['set-cookie', 'sid=s1; Path=/'],
  ],
});

describe('a value that is there', () => {
  it.each<[unknown, string]>([
    [{ jsonPath: '$.token', secret: true }, 'abc'],
    [{ jsonPath: '$.id' }, '7'],
    [{ jsonPath: '$.ok' }, 'false'],
    [{ jsonPath: '$.list' }, '[1,{"a":"x"}]'],
    [{ jsonPath: '$.list[?@.a].a' }, 'x'],
    [{ header: 'Location' }, '/orders/7'],
    [{ cookie: 'sid' }, 's1'],
    [{ regex: '"id":([0-9]+)' }, '7'],
    [{ regex: '"id":[0-9]+' }, '"id":7'],
    [{ status: true }, '200'],
    [{ url: true }, 'https://shop.example.com/'],
  ])('is captured as text: %j', async (written, text) => {
    expect(await capture(one(written), ANSWER)).toEqual({ values: new Map([['it', text]]) });
  });

  it('is captured from other answers', async () => {
    expect(await capture(one({ received: true }), aTcpSubject('hello'))).toEqual({ values: new Map([['it', 'hello']]) });
    expect(await capture(one({ records: true }), aDnsSubject(['192.0.2.1', '192.0.2.2']))).toEqual({
      values: new Map([['it', '192.0.2.1']]),
    });
    expect(
      await capture(one({ xpath: 'string(//h1)' }), anHttpSubject({ body: '<h1>A</h1>', headers: [['content-type', 'text/html']] })),
    ).toEqual({
      values: new Map([['it', 'A']]),
    });
  });
});

describe('a value that is not', () => {
  it.each<[unknown, string]>([
    [{ jsonPath: '$.nothing' }, 'jsonPath $.nothing: nothing at this path'],
    [{ jsonPath: '$.none' }, 'jsonPath $.none: it is null'],
    [{ jsonPath: '$.list[*]' }, 'jsonPath $.list[*]: 2 results, and one is wanted; narrow it'],
    [{ jsonPath: '$.big' }, 'jsonPath $.big: it is a whole number too large to be read exactly; a service should send it as text'],
    [{ jsonPath: '$.long' }, 'jsonPath $.long: it has more than 65536 characters'],
    [{ header: 'x-none' }, 'header x-none: no header x-none'],
    [{ cookie: 'none' }, 'cookie none: no cookie none'],
    [{ regex: 'zzz' }, 'regex zzz: no match'],
  ])('is the problem: %j', async (written, problem) => {
    expect(await capture(one(written), ANSWER)).toEqual({ problem: `it cannot be captured from ${problem}` });
  });

  it('is the problem of all', async () => {
    const captures = { ...one({ status: true }), other: toCapture({ jsonPath: '$.nothing' }) };

    expect(await capture(captures, ANSWER)).toEqual({ problem: expect.stringContaining('other cannot be captured') });
  });

  it('ends when it takes too long', async () => {
    const subject = anHttpSubject({ body: `${'a'.repeat(60)}b` });

    expect(await capture(one({ regex: '^(a+)+$' }), subject, 20)).toEqual({
      problem: 'it cannot be captured from regex ^(a+)+$: took longer than 20 ms',
    });
  });
});
