import fc from 'fast-check';
import { expect, it } from 'vitest';
import { htmlReport } from '../../../../lib/smoke/report/html.ts';
import { junitReport } from '../../../../lib/smoke/report/junit.ts';
import { tapReport } from '../../../../lib/smoke/report/tap.ts';
import { runSuite } from '../../../../lib/smoke/run/run-suite.ts';
import { runs } from '../../../support/runs.ts';
import { aCheck, anHttpProbe, aSuite } from '../run/checks.ts';
import { scriptedProber } from '../run/scripted-prober.ts';
import { virtualClock } from '../run/virtual-clock.ts';
import { slackMessageOf } from '../slack-message-of.ts';

/** Of letters that no report has by chance, and of those that formats escape. */
const secrets = fc
  .array(fc.constantFrom('Ж', '\u{1f511}', 'ẞ', '&', '<', '"', "'", '\\', '/', '+', ' ', '%', '=', '{', 'Ω'), {
    minLength: 4,
    maxLength: 20,
  })
  .map((letters) => `Ж${letters.join('')}Ω`);

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify(text)),
  (text) => Buffer.from(`me:${text}`).toString('base64'),
  (text) => Buffer.from(`{"a":${JSON.stringify(text)}}`).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => text.replace(/[&<"']/g, (char) => `&#${char.charCodeAt(0)};`),
];

/** Five letters in a row, most of which only a secret has. */
function piecesOf(secret: string): readonly string[] {
  const letters = [...secret];
  const windows = letters.map((_, index) => letters.slice(index, index + 5));
  return windows
    .filter((window) => window.length === 5 && window.filter((letter) => letter > '~').length > 2)
    .map((window) => window.join(''));
}

/** What somebody would read a report as who looks for secrets in it. */
function readings(text: string): readonly string[] {
  const encoded = [...text.matchAll(/[\w+/-]{8,}/g)].flatMap(([run]) => [
    ...[0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString()),
    Buffer.from(run, 'hex').toString(),
  ]);
  const escaped = text.replace(/(?:%(?:25)*[\dA-F]{2})+/gi, (run) => Buffer.from(run.replace(/%(?:25)*/g, ''), 'hex').toString());
  return [text, ...encoded, escaped];
}

it('no report holds a secret that was sent, whatever the server makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(secrets, fc.constantFrom(...ENCODINGS), fc.nat({ max: 190 }), async (secret, encode, before) => {
      const clock = virtualClock();
      const check = aCheck('login', {
        probe: anHttpProbe({ method: 'POST', url: 'http://shop.test/login', body: { kind: 'json', value: { note: '{{word}}' } } }),
        assert: [{ source: { kind: 'body' }, predicate: { operator: 'equals', value: '{{word}}', filled: true } }],
      });
      // Texts of answers are cut: the secret stands before, across or behind the cut.
      const prober = scriptedProber(clock, { login: [{ body: `${'x'.repeat(before)}${encode(secret)}` }] });

      const result = await runSuite(aSuite([check]), {
        prober,
        clock,
        values: new Map([['word', { text: secret, secret: true }]]),
        deadlineMs: 1_000,
      });

      const reports = [JSON.stringify(result), junitReport(result), tapReport(result), htmlReport(result), await slackMessageOf(result)];
      for (const report of reports)
        for (const piece of piecesOf(secret)) expect(readings(report).filter((text) => text.includes(piece))).toEqual([]);
    }),
    { numRuns: runs(1_000) },
  );
});
