import { REDACTED } from './secret.ts';
import { type Needle, needlesOf } from './secret-needles.ts';
import { type TextView, viewsOf } from './text-view.ts';

/** Where something stands in a text: from the first to before the last. */
type Span = readonly [start: number, end: number];

/** A text without the secrets that the function was made for. */
export type Hide = (text: string) => string;

/** What is left of a secret at a cut says something about it from this length on. */
const SHORTEST_PIECE = 4;
/** What stands for the rest of a text that was cut. */
const CUT = '…';
/** What may stand between a piece of a secret and the cut: an escape, whole or not, or half of a character. */
const PART_OF_A_LETTER = /(?:[\ufffd\ud800-\udbff]|%(?:25)*[\da-f]{0,2}|\\+(?:u[\da-f]{0,4}|x[\da-f]{0,2})?|&#?\w{0,7})$/i;
/** Of a letter of four bytes all but the last may be left, and half of that. */
const MOST_PARTS = 4;

/**
 * Finds the secrets as they are, under any mixture of escapes (URLs, JSON, HTML, XML, also one over another), inside base64 of any alignment and
 * alphabet, in hexadecimal, line by line, and in pieces beside an ellipsis where a text was cut.
 */
export function hideSecrets(secrets: Iterable<string>): Hide {
  const needles = uniqueNeedles([...new Set(secrets)].flatMap(needlesOf));
  if (needles.length === 0) return (text) => text;
  return (text) =>
    cutOut(
      text,
      viewsOf(text).flatMap((view) => spansIn(view, needles)),
    );
}

function uniqueNeedles(needles: readonly Needle[]): readonly Needle[] {
  return [...new Map(needles.map((needle) => [`${needle.form} ${needle.text}`, needle])).values()];
}

function spansIn(view: TextView, needles: readonly Needle[]): readonly Span[] {
  const forms = { plain: view.text, base64: view.text.replaceAll('-', '+').replaceAll('_', '/'), hex: view.text.toLowerCase() };
  const cuts = cutsOf(view.text);
  const place = (at: number): number => view.places?.[at] ?? at;
  return needles.flatMap((needle) => {
    const text = forms[needle.form];
    const found = [...wholes(text, needle), ...cuts.flatMap((cut) => pieces(text, needle.text, cut))];
    return found.map(([start, end]): Span => [place(start), place(end)]);
  });
}

function wholes(text: string, { text: wanted, form }: Needle): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    spans.push(form === 'base64' ? withNeighbours(text, [at, at + wanted.length]) : [at, at + wanted.length]);
  }
  return spans;
}

/** The letters at both ends hold bits of it as well. */
function withNeighbours(text: string, [start, end]: Span): Span {
  const before = /[A-Za-z0-9+/]$/.test(text.slice(Math.max(0, start - 1), start)) ? 1 : 0;
  const after = /^[A-Za-z0-9+/]?={0,2}/.exec(text.slice(end, end + 3))?.[0].length ?? 0;
  return [start - before, end + after];
}

function cutsOf(text: string): readonly number[] {
  return [...text.matchAll(new RegExp(CUT, 'g'))].map(({ index }) => index);
}

/** A beginning of the secret before the cut, an end of it behind the cut. */
function pieces(text: string, secret: string, cut: number): readonly Span[] {
  const heads = endsBefore(text, cut).flatMap((end): Span[] => {
    const length = longest(secret, (size) => end - size >= 0 && text.startsWith(secret.slice(0, size), end - size));
    return length === 0 ? [] : [[end - length, cut]];
  });
  const from = cut + CUT.length;
  const tail = longest(secret, (size) => text.startsWith(secret.slice(-size), from));
  return tail === 0 ? heads : [...heads, [from, from + tail]];
}

/** Where the readable part before a cut may end. */
function endsBefore(text: string, cut: number): readonly number[] {
  const ends = [cut];
  for (let end = cut; ends.length <= MOST_PARTS; ) {
    const part = PART_OF_A_LETTER.exec(text.slice(Math.max(0, end - 16), end))?.[0] ?? '';
    if (part === '') break;
    end -= part.length;
    ends.push(end);
  }
  return ends;
}

function longest(secret: string, fits: (size: number) => boolean): number {
  for (let size = secret.length - 1; size >= SHORTEST_PIECE; size--) if (fits(size)) return size;
  return 0;
}

function cutOut(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let clean = '';
  let done = 0;
  let hiddenUntil = -1;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    // Pieces that touch or overlap are one.
    if (start > hiddenUntil) clean += text.slice(done, start) + REDACTED;
    hiddenUntil = Math.max(hiddenUntil, end);
    done = hiddenUntil;
  }
  return clean + text.slice(done);
}
