import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../../lib/smoke/report/html.ts';
import { runs } from '../../../support/runs.ts';
import { anyText } from './any-text.ts';
import { aCheckResult, aFailedAttempt, aMixedResult, anAssertion, anAttempt, aSuiteResult } from './results.ts';

interface Page {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
  /** As people see it, element by element. */
  readonly texts: readonly string[];
}

function pageOf(html: string): Page {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const texts: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      elements.push({ name, attributes });
      texts.push('');
    },
    ontext: (text) => {
      texts.push((texts.pop() ?? '') + text);
    },
    onclosetag: () => texts.push(''),
  });
  parser.end(html);
  return { elements, texts: texts.filter((text) => text.trim() !== '') };
}

const HOSTILE = `</style></title></script><script>alert(1)</script><img src=x onerror=alert(1)>"'\`&amp;<!--]]>`;

describe('the HTML page', () => {
  it('shows the first failing assertion before anything else, with expected, actual and how to ask again', () => {
    const { texts } = pageOf(htmlReport(aMixedResult()));
    const seen = texts.slice(texts.indexOf('login'), texts.indexOf('Over time'));

    expect(seen.slice(0, 7)).toEqual([
      'login',
      'jsonPath $.version equals "2.4.1"',
      'expected',
      'equals "2.4.1"',
      'got',
      '"2.4.0"',
      'Ask again:',
    ]);
    expect(texts.indexOf('login')).toBeLessThan(texts.indexOf('Over time'));
  });

  it('loads nothing and runs nothing, and forbids both itself', () => {
    const html = htmlReport(aMixedResult());
    const { elements } = pageOf(html);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';

    expect(elements.map(({ name }) => name).filter((name) => /script|img|link|iframe|object|embed|form|base/.test(name))).toEqual([]);
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^(?:src|style|on)/.test(name))).toEqual([]);
    expect(elements.flatMap(({ attributes }) => attributes.href ?? []).every((href) => href.startsWith('#'))).toBe(true);
    expect(style).not.toMatch(/url\(|@import/);
    const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes.content;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  it('opens what did not simply pass, and shows it first', () => {
    const { elements } = pageOf(htmlReport(aMixedResult()));
    const parts = elements.filter(({ name }) => name === 'details');

    expect(parts.map(({ attributes }) => ['open' in attributes, attributes.id])).toEqual([
      [true, 'check-2'],
      [true, 'check-3'],
      [true, 'check-4'],
      [true, 'check-5'],
      [true, 'check-7'],
      [false, 'check-1'],
      [false, 'check-6'],
    ]);
  });

  it('draws every attempt by its phases', () => {
    const { elements } = pageOf(htmlReport(aSuiteResult([aCheckResult({ attempts: [aFailedAttempt(), anAttempt({ number: 2 })] })])));
    const bars = elements.filter(({ name, attributes }) => name === 'rect' && 'x' in attributes).map(({ attributes }) => attributes.class);

    expect(bars).toEqual(['dns', 'connect', 'tls', 'wait', 'receive', 'bad', 'dns', 'connect', 'tls', 'wait', 'receive']);
  });

  it('has no card of a first failure when all passed', () => {
    expect(htmlReport(aSuiteResult([aCheckResult()], { status: 'passed' }))).not.toContain('class="first"');
  });

  it('stays readable with attempts by the hundred', () => {
    const attempts = Array.from({ length: 500 }, (_, index) => anAttempt({ number: index + 1 }));

    const html = htmlReport(aSuiteResult([aCheckResult({ attempts })]));

    expect(html).toContain('460 more attempts are in the JSON report');
    expect(html.length).toBeLessThan(200_000);
  });

  it('shows hostile names and answers as text, wherever they stand', () => {
    const bad = anAssertion({ ok: false, assertion: HOSTILE, expected: HOSTILE, actual: HOSTILE });
    const check = aCheckResult({
      name: HOSTILE,
      outcome: 'failed',
      reason: HOSTILE,
      attempts: [
        aFailedAttempt({
          message: HOSTILE,
          remoteAddress: HOSTILE,
          assertions: [bad],
          hops: [{ url: HOSTILE, status: 301, durationMs: 1 }],
        }),
      ],
      curl: HOSTILE,
    });
    const plain = aCheckResult({
      ...check,
      name: 'x',
      reason: 'x',
      curl: 'x',
      attempts: [
        aFailedAttempt({ message: 'y', assertions: [{ ...bad, assertion: 'x' }], hops: [{ url: 'x', status: 301, durationMs: 1 }] }),
      ],
    });

    const page = pageOf(htmlReport(aSuiteResult([check], { suite: HOSTILE, summary: HOSTILE, warnings: [HOSTILE] })));

    const names = (of: Page): string[] => of.elements.map(({ name }) => name);
    const harmless = pageOf(htmlReport(aSuiteResult([plain], { suite: 'x', summary: 'x', warnings: ['x'] })));
    expect(names(page).filter((name) => name !== 'p')).toEqual(names(harmless).filter((name) => name !== 'p'));
    expect(page.texts.filter((text) => text.includes('<script>alert(1)</script>')).length).toBeGreaterThan(10);
  });

  it('reads in the order in which it is, whatever turns the direction of writing', () => {
    const told = 'got \u202egnirts\u2066, expected text';

    const html = htmlReport(aSuiteResult([aCheckResult({ outcome: 'failed', reason: told })]));

    expect(html).toContain('got gnirts, expected text');
    expect(html).not.toMatch(/[\u202e\u2066]/);
  });

  it('keeps its structure whatever texts are in it', () => {
    const text = anyText(40);
    fc.assert(
      fc.property(text, text, (name, actual) => {
        const of = (title: string, answer: string): Page =>
          pageOf(
            htmlReport(
              aSuiteResult([
                aCheckResult({
                  name: title,
                  outcome: 'failed',
                  reason: `r${answer}`,
                  attempts: [aFailedAttempt({ message: `m${answer}` })],
                }),
              ]),
            ),
          );

        expect(of(name, actual).elements.map((each) => each.name)).toEqual(of('x', 'x').elements.map((each) => each.name));
      }),
      { numRuns: runs(100) },
    );
  });
});
