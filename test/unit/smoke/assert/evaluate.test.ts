import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../lib/smoke/assert/evaluate.ts';
import type { AssertionResult } from '../../../../lib/smoke/assertion-result.ts';
import type { Subject } from '../../../../lib/smoke/subject.ts';
import { assertionSchema } from '../../../../lib/smoke/suite/assertion-schema.ts';
import { toAssertions } from '../../../../lib/smoke/suite/to-assertion.ts';
import { aCertificate, aDnsSubject, aGrpcSubject, anHttpSubject, aTcpSubject, aTlsSubject, NOW } from '../subjects.ts';

/** Assertions as a suite says them. */
async function ask(written: unknown, subject: Subject, durationMs = 100): Promise<readonly AssertionResult[]> {
  return evaluate(toAssertions(assertionSchema.parse(written)), subject, { now: NOW, durationMs });
}

async function askOne(written: unknown, subject: Subject): Promise<AssertionResult> {
  const [result] = await ask(written, subject);
  return result!;
}

const SHOP = anHttpSubject({
  body: JSON.stringify({
    version: '2.4.1',
    n: 3,
    price: 9.5,
    ok: true,
    none: null,
    tags: ['a', 'b'],
    empty: [],
    items: [
      { id: 1, name: 'one', ok: true, n: 2 },
      { id: 2, name: 'two', ok: true, n: 0 },
      { id: 3, name: 'three', ok: false, n: 5 },
    ],
  }),
  headers: [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['X-Count', '42'],
    ['Via', 'a'],
    ['via', 'b'],
    ['Set-Cookie', 'session=old'],
    ['Set-Cookie', 'session="a=b"; Path=/; HttpOnly; SameSite=Lax; Max-Age=60'],
  ],
});

describe('what holds', () => {
  it.each<[unknown]>([
    [{ status: 200 }],
    [{ status: '2xx' }],
    [{ status: ['3xx', '200-204'] }],
    [{ status: { not: [500, '4xx'] } }],
    [{ header: 'content-type', contains: 'json' }],
    [{ header: 'x-count', atLeast: 42 }],
    [{ header: 'x-count', equals: '42' }],
    [{ header: 'x-count', in: ['41', '42'] }],
    [{ header: 'via', equals: 'a, b' }],
    [{ header: 'via', count: 2 }],
    [{ header: 'x-none', exists: false }],
    [{ header: 'x-none', count: 0 }],
    [{ header: 'x-none', notEquals: 'x' }],
    [{ cookie: 'session', equals: 'a=b' }],
    [{ cookie: { name: 'session', attribute: 'httponly' }, exists: true }],
    [{ cookie: { name: 'session', attribute: 'Secure' }, exists: false }],
    [{ cookie: { name: 'session', attribute: 'SameSite' }, equals: 'Lax' }],
    [{ cookie: { name: 'session', attribute: 'Max-Age' }, lessThan: 61 }],
    [{ jsonPath: '$.version', equals: '2.4.1' }],
    [{ jsonPath: '$.version', startsWith: '2.' }],
    [{ jsonPath: '$.version', endsWith: '.1' }],
    [{ jsonPath: '$.version', matches: String.raw`^\d+\.\d+\.\d+$` }],
    [{ jsonPath: '$.version', length: 5 }],
    [{ jsonPath: '$.n', equals: 3 }],
    [{ jsonPath: '$.n', isType: 'integer' }],
    [{ jsonPath: '$.price', isType: 'number' }],
    [{ jsonPath: '$.price', greaterThan: 9 }],
    [{ jsonPath: '$.none', equals: null }],
    [{ jsonPath: '$.none', exists: true }],
    [{ jsonPath: '$.none', isType: 'null' }],
    [{ jsonPath: '$.nothing', exists: false }],
    [{ jsonPath: '$.nothing', count: 0 }],
    [{ jsonPath: '$.n', count: 1 }],
    [{ jsonPath: '$.tags', count: 1 }],
    [{ jsonPath: '$.tags', length: 2 }],
    [{ jsonPath: '$.tags', contains: 'a' }],
    [{ jsonPath: '$.tags', notContains: 'c' }],
    [{ jsonPath: '$.tags', equals: ['a', 'b'] }],
    [{ jsonPath: '$.empty', length: 0 }],
    [{ jsonPath: '$.items[0]', equals: { n: 2, ok: true, name: 'one', id: 1 } }],
    [{ jsonPath: '$.items[*]', count: 3 }],
    [{ jsonPath: '$.items[?@.ok == true && @.n > 1]', count: 1 }],
    [{ jsonPath: '$.items[?@.ok == true && @.n > 1].name', equals: 'one' }],
    [{ jsonPath: '$.items[*].name', equals: ['one', 'two', 'three'] }],
    [{ jsonPath: '$.items[*].name', contains: 'two' }],
    [{ jsonPath: '$.items[?@.id == 9]', count: 0 }],
    [{ jsonPath: '$.items[?@.id == 9]', exists: false }],
    [{ jsonPath: '$.items[?@.id == 9]', count: { lessThan: 1 } }],
    [{ jsonPath: '$..id', count: { atLeast: 3 } }],
    [{ body: { contains: '2.4.1' } }],
    [{ regex: '"version":"([^"]+)"', equals: '2.4.1' }],
    [{ regex: '"id":', count: 3 }],
    [{ regex: 'nope', exists: false }],
    [{ size: { atMost: '1KiB' } }],
    [{ url: 'https://shop.example.com/' }],
    [{ httpVersion: '1.1' }],
    [{ redirects: 0 }],
    [{ latency: { atMost: '100ms' } }],
  ])('%j', async (written) => {
    expect(await askOne(written, SHOP)).toMatchObject({ ok: true });
  });
});

describe('what does not hold', () => {
  it.each<[unknown, string, string]>([
    [{ status: 201 }, '201', '200'],
    [{ status: { not: ['2xx', 404] } }, 'not 200-299 or 404', '200'],
    [{ header: 'content-type', equals: 'text/html' }, 'equals "text/html"', '"application/json; charset=utf-8"'],
    [{ header: 'x-none', exists: true }, 'exists', 'no header x-none'],
    [{ header: 'x-none', equals: 'x' }, 'equals "x"', 'no header x-none'],
    [{ header: 'via', atMost: 3 }, 'at most 3', 'string "a, b", which is no number'],
    [{ cookie: { name: 'session', attribute: 'Secure' }, exists: true }, 'exists', 'no Secure of the cookie session'],
    [{ jsonPath: '$.n', equals: '3' }, 'equals "3"', 'number 3'],
    [{ jsonPath: '$.version', equals: 2.4 }, 'equals 2.4', 'string "2.4.1"'],
    [{ jsonPath: '$.version', atLeast: 2 }, 'at least 2', 'string "2.4.1", which is no number'],
    [{ jsonPath: '$.n', startsWith: '3' }, 'starts with "3"', 'number 3'],
    [{ jsonPath: '$.n', contains: 3 }, 'contains 3', 'number 3, which is neither text nor list'],
    [{ jsonPath: '$.n', length: 1 }, 'length equals 1', 'number 3, which has no length'],
    [{ jsonPath: '$.none', isType: 'string' }, 'is of type string', 'null'],
    [{ jsonPath: '$.nothing', equals: null }, 'equals null', 'nothing at this path'],
    [{ jsonPath: '$.tags', count: 2 }, 'count equals 2', '1 (a list; its items are its length, 2)'],
    [{ jsonPath: '$.tags', equals: ['b', 'a'] }, 'equals ["b","a"]', '["a","b"]'],
    [{ jsonPath: '$.tags', length: { lessThan: 2 } }, 'length less than 2', '2, of ["a","b"]'],
    [{ jsonPath: '$.items[*].id', equals: 1 }, 'equals 1', '3 results: [1,2,3]; ask for count, compare with a list, or narrow it to one'],
    [{ jsonPath: '$.items[*].id', equals: [1, 2] }, 'equals [1,2]', '3 results: [1,2,3]'],
    [{ jsonPath: '$.items[?@.id == 9].name', equals: 'x' }, 'equals "x"', 'no result'],
    [{ jsonPath: '$.items[?@.id == 9]', exists: true }, 'exists', 'no result'],
    [{ regex: 'nope', equals: 'x' }, 'equals "x"', 'no match'],
    [{ size: { atMost: '10B' } }, 'at most 10 bytes', `${SHOP.body.length} bytes`],
    [{ latency: { atMost: '99ms' } }, 'at most 99 ms', '100 ms'],
    [{ certificate: { daysLeft: 1 } }, 'at least 1 days', 'there is no certificate: the connection is not encrypted'],
    [{ received: 'x' }, 'equals "x"', 'an answer of http has no received'],
  ])('%j: expected %s, got %s', async (written, expected, actual) => {
    expect(await askOne(written, SHOP)).toMatchObject({ ok: false, expected, actual });
  });

  it('is told in the words of the suite', async () => {
    const written = [
      { jsonPath: '$.version', equals: '2.4.2' },
      { hop: { index: -1, header: 'location' }, equals: '/x' },
      { cookie: { name: 'a', attribute: 'Path' }, exists: true },
    ];

    const results = await Promise.all(written.map((each) => askOne(each, SHOP)));

    expect(results.map(({ assertion }) => assertion)).toEqual([
      'jsonPath $.version equals "2.4.2"',
      'hop -1 header location equals "/x"',
      'cookie a Path exists',
    ]);
  });
});

describe('an answer that is too slow', () => {
  it('degrades where it may', async () => {
    const results = await ask({ latency: { atMost: '2s', degradedOver: '800ms' } }, SHOP, 900);

    expect(results).toEqual([
      { ok: true, assertion: 'latency at most 2000 ms', expected: 'at most 2000 ms', actual: '900 ms' },
      { ok: true, degraded: true, assertion: 'latency at most 800 ms (or degraded)', expected: 'at most 800 ms', actual: '900 ms' },
    ]);
  });
});

describe('a body that cannot be read', () => {
  it.each([
    ['', 'the body is empty'],
    ['<html>', 'the body is no JSON: it begins with "<html>"'],
    ['{"a":', 'the body is no JSON: it begins with "{\\"a\\":"'],
  ])('is a failed assertion: %s', async (body, actual) => {
    expect(await askOne({ jsonPath: '$.a', exists: false }, anHttpSubject({ body }))).toMatchObject({ ok: false, actual });
  });

  it('says where XML is not well formed', async () => {
    const subject = anHttpSubject({ body: '<a>\n<b></a>', headers: [['content-type', 'text/xml']] });

    expect(await askOne({ xpath: '//b', exists: true }, subject)).toMatchObject({
      ok: false,
      actual: expect.stringMatching(/^the body is no XML or HTML: .*line 2/),
    });
  });

  it('does not hang on a path that goes over it again and again', async () => {
    const subject = anHttpSubject({ body: `[${'1,'.repeat(100_000)}1]` });
    const assertions = [{ jsonPath: '$[?count($..*) > 1]', count: 1 }, { status: 200 }].flatMap((each) =>
      toAssertions(assertionSchema.parse(each)),
    );

    const results = await evaluate(assertions, subject, { now: NOW, durationMs: 1, limitMs: 50 });

    expect(results.map(({ ok, actual }) => [ok, actual])).toEqual([
      [false, 'took longer than the 50 ms that were left for assertions; ask for something simpler, or give more time'],
      [true, '200'],
    ]);
  });

  it('does not hang on a regular expression, and asks the others', async () => {
    const subject = anHttpSubject({ body: `${'a'.repeat(60)}b` });
    const written = [
      { body: { contains: 'ab' } },
      { body: { matches: '^(a+)+$' } },
      { regex: '^(a|aa)+$', exists: false },
      { size: '61B' },
    ];

    const results = await evaluate(
      written.flatMap((each) => toAssertions(assertionSchema.parse(each))),
      subject,
      { now: NOW, durationMs: 1, limitMs: 60 },
    );

    expect(results.map(({ ok }) => ok)).toEqual([true, false, false, true]);
  });

  it('is shown cut', async () => {
    const { actual } = await askOne({ body: 'x' }, anHttpSubject({ body: 'y'.repeat(10_000) }));

    expect(actual.length).toBeLessThanOrEqual(200);
  });

  it('may be nested as deeply as it likes', async () => {
    const subject = anHttpSubject({ body: '['.repeat(100_000) + ']'.repeat(100_000) });

    const results = await Promise.all(
      [
        { jsonPath: '$', equals: [] },
        { jsonPath: '$..a', count: 0 },
        { jsonPath: '$', exists: true },
      ].map((each) => askOne(each, subject)),
    );

    expect(results.map(({ ok }) => ok)).toEqual([false, false, true]);
  });

  it('is decoded by its charset', async () => {
    const subject = anHttpSubject({ body: Buffer.from([0x6d, 0xfc, 0xdf]), headers: [['content-type', 'text/plain; charset=ISO-8859-1']] });

    expect(await askOne({ body: 'müß' }, subject)).toMatchObject({ ok: true });
  });
});

describe('XPath', () => {
  const page = anHttpSubject({ body: '<!doctype html><h1>Shop</h1><ul><li>1<li>2</ul>', headers: [['content-type', 'text/html']] });

  it.each<[unknown, boolean]>([
    [{ xpath: 'string(//h1)', equals: 'Shop' }, true],
    [{ xpath: '//h1', equals: 'Shop' }, true],
    [{ xpath: '//li', count: 2 }, true],
    [{ xpath: '//li', equals: '1' }, false],
    [{ xpath: '//h2', exists: false }, true],
    [{ xpath: 'count(//li)', atLeast: 2 }, true],
    [{ xpath: '//li[2]', greaterThan: 1 }, true],
    [{ xpath: '//h1', contains: 'ho' }, true],
  ])('%j: %s', async (written, ok) => {
    expect((await askOne(written, page)).ok).toBe(ok);
  });
});

describe('what an answer of another kind has', () => {
  const tls = aTlsSubject();

  it.each<[unknown, Subject, boolean]>([
    [{ received: { startsWith: '220 ' } }, aTcpSubject('220 mail ready\r\n'), true],
    [{ regex: String.raw`^(\d+) `, equals: '220' }, aTcpSubject('220 mail ready\r\n'), true],
    [{ records: '192.0.2.1' }, aDnsSubject(['192.0.2.1']), true],
    [{ records: ['192.0.2.2', '192.0.2.1'] }, aDnsSubject(['192.0.2.1', '192.0.2.2']), true],
    [{ records: ['192.0.2.2'] }, aDnsSubject(['192.0.2.1', '192.0.2.2']), false],
    [{ records: { contains: '192.0.2.1' } }, aDnsSubject(['192.0.2.1', '192.0.2.2']), true],
    [{ records: { contains: '192.0.2' } }, aDnsSubject(['192.0.2.1']), false],
    [{ records: { matches: String.raw`^192\.0\.` } }, aDnsSubject(['10.0.0.1', '192.0.2.1']), true],
    [{ records: { count: { atLeast: 2 } } }, aDnsSubject(['192.0.2.1']), false],
    [{ code: 'NXDOMAIN' }, aDnsSubject([], 'NXDOMAIN'), true],
    [{ serving: 'SERVING' }, aGrpcSubject('NOT_SERVING'), false],
    [{ code: 0 }, aGrpcSubject('SERVING'), true],
    [{ code: { atLeast: 1 } }, aGrpcSubject('UNKNOWN', 14), true],
    [{ message: { contains: 'down' } }, aGrpcSubject('UNKNOWN', 14, 'is down'), true],
    [{ protocol: 'TLSv1.3' }, tls, true],
    [{ certificate: { daysLeft: 15 } }, tls, true],
    [{ certificate: { daysLeft: 31 } }, tls, false],
    [{ certificate: { daysLeft: { lessThan: 31 } } }, tls, true],
    [{ certificate: { issuer: { contains: "Let's Encrypt" } } }, tls, true],
    [{ certificate: { names: 'www.shop.example.com' } }, tls, true],
    [{ certificate: { names: { contains: 'other.example.com' } } }, tls, false],
    [{ certificate: { chain: { endsWith: 'Root X1' } } }, tls, true],
    [{ certificate: { fingerprint: 'ab'.repeat(32) } }, tls, true],
    [{ certificate: { trusted: true } }, anHttpSubject({ certificate: aCertificate() }), true],
  ])('%j of %j: %s', async (written, subject, ok) => {
    expect((await askOne(written, subject)).ok).toBe(ok);
  });

  it('says why a certificate is not trusted', async () => {
    const subject = aTlsSubject({ trusted: false, untrustedReason: 'it is self-signed' });

    expect(await askOne({ certificate: { trusted: true } }, subject)).toMatchObject({
      ok: false,
      expected: 'equals true',
      actual: 'false: it is self-signed',
    });
  });
});

describe('the answers on the way', () => {
  const subject = anHttpSubject({
    hops: [
      { url: 'http://shop.example.com/', status: 301, headers: [['location', 'https://shop.example.com/']], durationMs: 1 },
      { url: 'https://shop.example.com/', status: 200, headers: [], durationMs: 1 },
    ],
  });

  it.each<[unknown, boolean]>([
    [{ redirects: 1 }, true],
    [{ redirects: { lessThan: 1 } }, false],
    [{ hop: { index: 0, status: true }, equals: 301 }, true],
    [{ hop: { index: 0, header: 'Location' }, startsWith: 'https://' }, true],
    [{ hop: { index: -1, url: true }, equals: 'https://shop.example.com/' }, true],
    [{ hop: { index: 2, status: true }, exists: false }, true],
  ])('%j: %s', async (written, ok) => {
    expect((await askOne(written, subject)).ok).toBe(ok);
  });
});

describe('the checksum of a body', () => {
  it('is compared in whatever case it is written', async () => {
    const subject = anHttpSubject({ body: 'abc' });

    expect(await askOne({ sha256: 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD' }, subject)).toMatchObject({
      ok: true,
    });
  });
});
