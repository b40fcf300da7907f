/** A text as it reads after some of its escapes were taken off, and where each of its letters stands in the original. */
export interface TextView {
  readonly text: string;
  /** Of each UTF-16 unit its place in the original, and at the end the length of the original; nothing when both are the same. */
  readonly places: Uint32Array | undefined;
}

interface Decoding {
  readonly pattern: RegExp;
  /** What an escape stands for; nothing when it stands for itself. */
  readonly meaning: (written: string) => string | undefined;
}

const SHORT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const PERCENT = '%[0-7][\\da-f]|%[cd][\\da-f]%[89ab][\\da-f]|%e[\\da-f](?:%[89ab][\\da-f]){2}|%f[0-7](?:%[89ab][\\da-f]){3}';

const DECODINGS: readonly Decoding[] = [
  { pattern: new RegExp(PERCENT, 'gi'), meaning: fromPercent },
  { pattern: new RegExp(`${PERCENT}|\\+`, 'gi'), meaning: (written) => (written === '+' ? ' ' : fromPercent(written)) },
  { pattern: /\\(?:u[\da-f]{4}|x[\da-f]{2}|["'\\/bfnrt])/gi, meaning: fromBackslash },
  // A quoted word of a shell ends before an apostrophe of its own.
  { pattern: /'\\''/g, meaning: () => "'" },
  { pattern: /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi, meaning: fromEntity },
];

/** JSON in a URL in an attribute; a URL in a URL. */
const DEEPEST = 3;
/** Of a text that is full of escapes of every kind. */
const MOST_VIEWS = 48;

/** The text itself and what it comes to when its escapes (of URLs, forms, JSON, shells, HTML and XML) are taken off, in any order, up to three deep. */
export function viewsOf(text: string): readonly TextView[] {
  const views: TextView[] = [{ text, places: undefined }];
  const known = new Set([text]);
  let from = 0;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const until = views.length;
    for (const view of views.slice(from, until)) {
      for (const decoding of DECODINGS) {
        const decoded = decode(view, decoding);
        if (known.has(decoded.text) || views.length >= MOST_VIEWS) continue;
        known.add(decoded.text);
        views.push(decoded);
      }
    }
    from = until;
  }
  return views;
}

function decode(view: TextView, { pattern, meaning }: Decoding): TextView {
  if (view.text.search(pattern) < 0) return view;
  const place = (at: number): number => view.places?.[at] ?? at;
  const places: number[] = [];
  let text = '';
  let done = 0;
  const copy = (until: number): void => {
    for (let at = done; at < until; at++) places.push(place(at));
    text += view.text.slice(done, until);
    done = until;
  };
  for (const { 0: written, index } of view.text.matchAll(pattern)) {
    const letters = meaning(written);
    if (letters === undefined) continue;
    copy(index);
    for (let unit = 0; unit < letters.length; unit++) places.push(place(index));
    text += letters;
    done = index + written.length;
  }
  copy(view.text.length);
  return { text, places: Uint32Array.from([...places, place(view.text.length)]) };
}

function fromPercent(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

function fromBackslash(written: string): string {
  const letter = written.charAt(1);
  if (written.length > 2) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  return SHORT[letter] ?? letter;
}

function fromEntity(entity: string): string | undefined {
  const word = entity.slice(1, -1).toLowerCase();
  if (!word.startsWith('#')) return NAMED[word];
  const point = word.startsWith('#x') ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1));
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
