/** Shorter parts (a line of a key that is a brace) are in every text. */
const SHORTEST_LINE = 6;
/** Fewer letters of an encoded form turn up by chance. */
const SHORTEST_CORE = 4;

/** What to look for in a text, and in which form of it. */
export interface Needle {
  readonly text: string;
  /** `base64`: with the letters of URLs written as those of plain base64; `hex`: in lower case. */
  readonly form: 'plain' | 'base64' | 'hex';
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
  return [
    ...plain.map((text): Needle => ({ text, form: 'plain' })),
    ...written.flatMap(base64Cores).map((text): Needle => ({ text, form: 'base64' })),
    ...written.map((text): Needle => ({ text: Buffer.from(text).toString('hex'), form: 'hex' })),
  ];
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
