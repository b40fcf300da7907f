/** Shorter parts (a line of a key that is a brace) are in every text. */
const SHORTEST_LINE = 6;
/** Fewer letters of an encoded form turn up by chance. */
const SHORTEST_CORE = 4;

/** Of base64 that is encoded once more. */
const SHORTEST_NESTED = 8;
/** Letters of any case are told from those of others from this length on: a word of a text may be a short one. */
const SHORTEST_FOLDED = 8;

/** `folded`: with the letters of ASCII in lower case; `base64`: with the letters of URLs written as those of plain base64. */
export type NeedleForm = 'plain' | 'folded' | 'base64';

/** What to look for in a text, and in which form of it. */
export interface Needle {
  readonly text: string;
  readonly form: NeedleForm;
}

/** A text as needles of a form stand in it: letter by letter as long as it is. */
export function inForm(text: string, form: NeedleForm): string {
  switch (form) {
    case 'plain':
      return text;
    case 'folded':
      // Of all alphabets, some letters would become two.
      return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    case 'base64':
      return text.replaceAll('-', '+').replaceAll('_', '/');
    default:
      return form satisfies never;
  }
}

/**
 * All that gives a secret away: itself, its lines, and its encodings. Escapes are not among them: texts are looked at without theirs; but what
 * was escaped before it was encoded is.
 */
export function needlesOf(secret: string): readonly Needle[] {
  if (secret === '') return [];
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const plain = [secret, ...lines.filter((line) => line.length >= SHORTEST_LINE)];
  const written = secret.length < SHORTEST_CORE ? [] : [...new Set([secret, ...escapedForms(secret)])];
  const cores = written.flatMap(base64Cores);
  return [
    ...plain.map(readable),
    // A document that holds a header of basic authentication may be encoded in turn.
    ...[
      ...cores,
      ...base64Cores(secret)
        .filter((core) => core.length >= SHORTEST_NESTED)
        .flatMap(base64Cores),
    ].map((text): Needle => ({ text, form: 'base64' })),
    ...written.map((text): Needle => ({ text: Buffer.from(text).toString('hex'), form: 'folded' })),
    // As programs write bytes into JSON.
    ...(secret.length < SHORTEST_CORE ? [] : [{ text: [...Buffer.from(secret)].join(','), form: 'plain' } as const]),
  ];
}

function readable(text: string): Needle {
  return text.length < SHORTEST_FOLDED ? { text, form: 'plain' } : { text: inForm(text, 'folded'), form: 'folded' };
}

/** A URL, a form or a JSON document may be encoded as a whole. */
function escapedForms(secret: string): readonly string[] {
  const whole = secret.toWellFormed();
  return [encodeURIComponent(whole), new URLSearchParams({ '': whole }).toString().slice(1), JSON.stringify(secret).slice(1, -1)];
}

/**
 * The letters of base64 that a text alone decides, whatever was encoded with it (`user:password`, a JSON document). What stands before it decides
 * how its bits are shared out among letters: there are three ways.
 */
function base64Cores(secret: string): readonly string[] {
  const cores = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  return cores.filter((core) => core.length >= SHORTEST_CORE);
}
