import { type Find, GRAM, NeedleIndex } from './needle-index.ts';
import { REDACTED } from './secret.ts';
import { inForm, type NeedleForm, needlesOf } from './secret-needles.ts';
import { type TextView, viewsOf } from './text-view.ts';

/** Where something stands in a text: from the first to before the last. */
type Span = readonly [start: number, end: number];

/** A text without the secrets that the function was made for. */
export type Hide = (text: string) => string;

/** What stands for the rest of a text that was cut. */
const CUT = '…';
/** What may stand between a piece of a secret and the cut: an escape, whole or not, or half of a character. */
const PART_OF_A_LETTER = /(?:[\ufffd\ud800-\udbff]|%(?:25)*[\da-f]{0,2}|\\+(?:u[\da-f]{0,4}|x[\da-f]{0,2})?|&#?\w{0,7})$/i;
/** Of a letter of four bytes all but the last may be left, and half of that. */
const MOST_PARTS = 4;

/**
 * Finds the secrets as they are, under any mixture of escapes (URLs, JSON, HTML, XML, also one over another), inside base64 of any alignment and
 * alphabet, in hexadecimal, line by line, and in pieces beside an ellipsis where a text was cut. Long ones are found in any letter case, for hosts
 * and headers lose theirs.
 */
export function hideSecrets(secrets: Iterable<string>): Hide {
  const hider = secretHider();
  for (const secret of secrets) hider.add(secret);
  return hider.hide;
}

/** {@link hideSecrets} where more secrets become known as time goes by. */
export interface SecretHider {
  add(secret: string): void;
  readonly hide: Hide;
}

export function secretHider(): SecretHider {
  const indexes = { plain: new NeedleIndex(), folded: new NeedleIndex(), base64: new NeedleIndex() } satisfies Indexes;
  let any = false;
  return {
    add(secret) {
      for (const needle of needlesOf(secret)) {
        indexes[needle.form].add(needle);
        any = true;
      }
    },
    hide(text) {
      if (!any) return text;
      return cutOut(
        text,
        viewsOf(text).flatMap((view) => spansIn(view, indexes)),
      );
    },
  };
}

type Indexes = Readonly<Record<NeedleForm, NeedleIndex>>;

const FORMS = ['plain', 'folded', 'base64'] as const satisfies readonly NeedleForm[];

function spansIn(view: TextView, indexes: Indexes): readonly Span[] {
  const cuts = cutsOf(view.text).map((cut): Cut => ({ at: cut, ends: endsBefore(view.text, cut) }));
  const place = (at: number): number => view.places?.[at] ?? at;
  return FORMS.flatMap((form) => {
    const index = indexes[form];
    const text = inForm(view.text, form);
    const wholes = ({ at, length }: Find): Span => (form === 'base64' ? withNeighbours(text, [at, at + length]) : [at, at + length]);
    const found = index.findsIn(text).flatMap((find) => (find.whole ? [wholes(find)] : headsOf(find, cuts)));
    return [...found, ...cuts.flatMap(({ at }) => tailOf(index, text, at))].map(([start, end]): Span => [place(start), place(end)]);
  });
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

interface Cut {
  readonly at: number;
  /** Where the readable part before it may end. */
  readonly ends: readonly number[];
}

/** A beginning of a secret that reaches a cut. */
function headsOf({ at, length }: Find, cuts: readonly Cut[]): readonly Span[] {
  return cuts.flatMap((cut): readonly Span[] => (cut.ends.some((end) => end - at >= GRAM && end - at <= length) ? [[at, cut.at]] : []));
}

/** An end of a secret behind a cut. */
function tailOf(index: NeedleIndex, text: string, cut: number): readonly Span[] {
  const from = cut + CUT.length;
  const length = index.longestEndAt(text, from);
  return length === 0 ? [] : [[from, from + length]];
}

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
