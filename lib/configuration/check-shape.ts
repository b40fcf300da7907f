import * as z from 'zod';
import { type Problem, problemsOf } from '../platform/schema-problems.ts';
import { nearestWord } from '../schedule/nearest-word.ts';
import { type Configuration, configurationSchema } from './schema.ts';
import { teach } from './teach.ts';
import { knownWords, schemaAt, wordsBelow } from './walk-schema.ts';
import type { YamlPlaces } from './yaml-places.ts';

export type Shape =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Whether every word of the file is known and holds what it should. */
export function checkShape(value: unknown, { sourceOf }: Pick<YamlPlaces, 'sourceOf'>): Shape {
  if (value === null || value === undefined)
    return { ok: false, problems: [{ path: [], message: 'is empty; `nightshift init` writes one to start from' }] };
  const parsed = configurationSchema.safeParse(value, { error: teach, reportInput: true });
  if (parsed.success) return { ok: true, configuration: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOfIssue(issue, sourceOf)) };
}

function problemsOfIssue(issue: z.core.$ZodIssue, sourceOf: YamlPlaces['sourceOf']): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((word) => ({ path: [...issue.path, word], message: unknownWord(issue.path, word) }));
  if (issue.code !== 'invalid_type') return [...problemsOf(new z.ZodError([issue]))];
  const { path, message, input } = issue;
  if (input === undefined) {
    const meaning = schemaAt(configurationSchema, path)?.description;
    return [{ path, message: meaning === undefined ? message : `${message}: ${meaning}` }];
  }
  // The number has lost its leading zeros; the text has them.
  const source = typeof input === 'number' ? sourceOf(path) : undefined;
  return [{ path, message: source === undefined ? message : message.replace(`"${String(input)}"`, `"${source}"`) }];
}

function unknownWord(path: readonly PropertyKey[], word: string): string {
  const known = knownWords(schemaAt(configurationSchema, path));
  const meant = nearestWord(word, known) ?? known.find((each) => endsIn(each, word));
  if (meant !== undefined) return `unknown word; did you mean ${meant}?`;
  const homes = homesOf(word);
  return homes.length > 0 ? `unknown word here; it belongs into ${homes.join(' or ')}` : `unknown word; known here are ${known.join(', ')}`;
}

/** `timezone` for `defaultTimezone`. */
function endsIn(known: string, word: string): boolean {
  return word.length > 2 && known.toLowerCase().endsWith(word.toLowerCase());
}

const everyPath = wordsBelow(configurationSchema).map(({ path }) => path);

/** Where a word may stand; what a stage may override is named by its home in the file. */
function homesOf(word: string): readonly string[] {
  const homes = everyPath.filter((path) => path.endsWith(`.${word}`)).map((path) => path.slice(0, -word.length - 1));
  return homes.filter((home) => !homes.some((other) => home.endsWith(`.${other}`)));
}
