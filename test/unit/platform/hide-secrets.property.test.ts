import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hideSecrets } from '../../../lib/platform/hide-secrets.ts';
import { runs } from '../../support/runs.ts';

const percent = (char: string): string => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const units = (char: string): string =>
  char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
const entity = (char: string): string => `&#${char.codePointAt(0)};`;
const plain = (char: string): string => char;

/** Letters that begin an escape must be escaped by whoever escapes any. */
const ways = [
  { write: percent, always: /[%]/ },
  { write: units, always: /[\\]/ },
  { write: entity, always: /[&]/ },
];

const secrets = fc
  .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
  .filter((text) => text.isWellFormed() && text.trim().length >= 6);

it('no mixture of escaped and plain letters of a secret gets through', () => {
  fc.assert(
    fc.property(secrets, fc.constantFrom(...ways), fc.infiniteStream(fc.boolean()), (secret, { write, always }, coins) => {
      const written = [...secret].map((char) => (always.test(char) || coins.next().value ? write : plain)(char)).join('');

      const clean = hideSecrets([secret])(`begin:${written}:end`);

      expect(clean).toBe('begin:[redacted]:end');
    }),
    { numRuns: runs(2_000) },
  );
});

it('no document in base64 hides a secret', () => {
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const encoded = Buffer.from(before + secret + after).toString('base64');

      const clean = hideSecrets([secret])(encoded);

      // Only what surely was no part of it is left to be decoded.
      expect(clean).toContain('[redacted]');
      for (const part of clean.split('[redacted]')) expect(Buffer.from(part, 'base64').toString().includes(secret)).toBe(false);
      expect(clean.replaceAll('[redacted]', '').length).toBeLessThanOrEqual(
        encoded.length - Math.floor((Buffer.byteLength(secret) * 4) / 3) + 1,
      );
    }),
    { numRuns: runs(1_000) },
  );
});

it('texts that do not hold it stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(hideSecrets(['\u{1f511}never-there-\u{1f511}'])(text)).toBe(text);
    }),
    { numRuns: runs(1_000) },
  );
});
