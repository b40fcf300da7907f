import type { Source } from '../suite/assertion.ts';
import type { JsonPath } from './json-path.ts';
import type { Markup, XPath } from './xpath.ts';

/** What reads paths and markup. */
export interface Engines {
  readonly jsonPath: (path: string) => JsonPath;
  readonly xpath: (expression: string) => XPath;
  readonly markup: (text: string, contentType: string | undefined) => Markup;
}

type Loaded = { -readonly [Name in keyof Engines]: Engines[Name] };

/** Those that were asked for before. */
const loaded: Loaded = { jsonPath: notLoaded, xpath: notLoaded, markup: notLoaded };

/** The engines, when all that these sources need have been loaded. */
export function loadedEngines(sources: readonly Source[]): Engines | undefined {
  return sources.some(({ kind }) => (kind === 'jsonPath' || kind === 'xpath') && loaded[kind] === notLoaded) ? undefined : loaded;
}

/** Loads the libraries that these sources need, and no others: they are much of the code of a suite's run. */
export async function loadEngines(sources: readonly Source[]): Promise<Engines> {
  if (loaded.jsonPath === notLoaded && sources.some(({ kind }) => kind === 'jsonPath')) {
    const { parseJsonPath } = await import('./json-path.ts');
    loaded.jsonPath = remembering(parseJsonPath);
  }
  if (loaded.xpath === notLoaded && sources.some(({ kind }) => kind === 'xpath')) {
    const { parseXPath, parseMarkup } = await import('./xpath.ts');
    Object.assign(loaded, { xpath: remembering(parseXPath), markup: parseMarkup } satisfies Partial<Engines>);
  }
  return loaded;
}

const REMEMBERED = 200;

/** Checks ask the same of many answers. */
function remembering<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

function notLoaded(): never {
  throw new TypeError('this engine was not asked for when engines were loaded');
}
