import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPieces, LARGEST_DOCUMENT_BYTES } from '../../../lib/configuration/document-pieces.ts';

/** Characters of one to four bytes, enough of them for several pieces. */
const aText = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('a', 'ß', '€', '🦉'), fc.nat(9000))
  .map(([text, character, times]) => `${text}${character.repeat(times)}${text}`);

describe('the pieces of a text', () => {
  it('are the text again, fit into parameters, are never empty unless it is, and cut no character', () => {
    fc.assert(
      fc.property(aText, (text) => {
        const pieces = inPieces(text);

        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => Buffer.byteLength(piece) <= LARGEST_DOCUMENT_BYTES && piece.isWellFormed())).toBe(true);
        expect(pieces.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(Buffer.byteLength(text) / (LARGEST_DOCUMENT_BYTES - 3))));
        expect(text === '' || pieces.every((piece) => piece !== '')).toBe(true);
      }),
    );
  });
});
