import { type Document, parseAllDocuments, type Tags } from 'yaml';
import { equal, isJsonObject, type Json } from '../json.ts';
import { pointerText } from './json-pointer.ts';
import { nameByText } from './name-by-text.ts';
import { BadPatchError } from './patch-error.ts';
import type { YamlVersion } from './read-values.ts';

/**
 * A patch as it was written, in YAML or JSON.
 * @param what what errors call it, as in `the patch`
 * @throws BadPatchError when it is neither, or more than one document; when it has a number that would not be kept as it is written, or a value that
 *   the two versions of YAML read differently
 */
export function readPatch(text: string, what: string): Json {
  const patch = jsonOf(text) ?? readYamlPatch(text, what);
  const path = wayTo(patch, (value) => typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER);
  if (path === undefined) return patch;
  throw new BadPatchError(`${what} cannot be used: the number at ${pointerText(path) || '/'} is too large to be kept exactly`, {
    hint: 'set it by itself with manifest set, or write it as a text',
  });
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const HINT = { hint: 'write it as JSON or YAML; @ and a path name a file' };

function readYamlPatch(text: string, what: string): Json {
  const value = readAs('1.2', text, what);
  if (value === null) throw new BadPatchError(`${what} cannot be used: it is empty`, HINT);
  // A path whose @ was forgotten is YAML as well.
  if (typeof value !== 'object') throw new BadPatchError(`${what} cannot be used: it is neither a map nor a list`, HINT);
  const path = firstDifference(value, readAs('1.1', text, what));
  if (path === undefined) return value;
  throw new BadPatchError(`${what} cannot be used: the value at ${pointerText(path) || '/'} is another in YAML 1.1 than in YAML 1.2`, {
    hint: 'quote it for the text; write true, false, or a number without leading zeros, for what YAML 1.1 reads',
  });
}

/** A date is a text to both the server and us. */
const withoutDates = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp');

function readAs(version: YamlVersion, text: string, what: string): Json {
  const documents = parseAllDocuments(text, { version, customTags: withoutDates, merge: true, logLevel: 'error', prettyErrors: false });
  const [document, another] = 'empty' in documents ? [] : documents;
  const [error] = document?.errors ?? [];
  const line = error ? ` (line ${text.slice(0, error.pos[0]).split('\n').length})` : '';
  if (error) throw new BadPatchError(`${what} cannot be read${line}: ${error.message}`, HINT);
  if (another) throw new BadPatchError(`${what} cannot be used: it holds several documents`, { hint: 'leave one' });
  return document ? plainValue(document) : null;
}

/** Only what JSON has can be sent to a server as a patch. */
function plainValue(document: Document.Parsed): Json {
  nameByText(document);
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

type Way = readonly string[];

function wayTo(value: Json, isMeant: (value: Json) => boolean, way: Way = []): Way | undefined {
  if (isMeant(value)) return way;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = inner === undefined ? undefined : wayTo(inner, isMeant, [...way, key]);
    if (found) return found;
  }
  return undefined;
}

function firstDifference(a: Json, b: Json, way: Way = []): Way | undefined {
  if (equal(a, b)) return undefined;
  const alike = (isJsonObject(a) && isJsonObject(b)) || (Array.isArray(a) && Array.isArray(b));
  if (!alike) return way;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  const [key, inner] = left.find(([name, value]) => !equal(value, right.get(name))) ?? [];
  return key === undefined ? way : firstDifference(inner ?? null, right.get(key) ?? null, [...way, key]);
}
