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

/** All that gives a secret away: itself, its lines, and its encodings. Escapes are not among them: texts are looked at without theirs. */
export function needlesOf(secret: string): readonly Needle[] {
  if (secret === '') return [];
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const plain = [secret, ...lines.filter((line) => line.length >= SHORTEST_LINE)];
  return [
    ...plain.map((text): Needle => ({ text, form: 'plain' })),
    ...base64Cores(secret).map((text): Needle => ({ text, form: 'base64' })),
    ...(secret.length < SHORTEST_CORE ? [] : [{ text: Buffer.from(secret).toString('hex'), form: 'hex' } as const]),
  ];
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
