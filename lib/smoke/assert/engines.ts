import type { Source } from '../suite/assertion.ts';
import type { JsonPath } from './json-path.ts';
import type { Markup, XPath } from './xpath.ts';

/** What reads paths and markup. */
export interface Engines {
  readonly jsonPath: (path: string) => JsonPath;
  readonly xpath: (expression: string) => XPath;
  readonly markup: (text: string, contentType: string | undefined) => Markup;
}

/** Loads the libraries that these sources need, and no others: they are much of the code of a suite's run. */
export async function loadEngines(sources: readonly Source[]): Promise<Engines> {
  const needs = (kind: Source['kind']): boolean => sources.some((source) => source.kind === kind);
  const [jsonPath, xpath] = await Promise.all([
    needs('jsonPath') ? import('./json-path.ts') : undefined,
    needs('xpath') ? import('./xpath.ts') : undefined,
  ]);
  return {
    jsonPath: jsonPath ? remembering(jsonPath.parseJsonPath) : notLoaded,
    xpath: xpath ? remembering(xpath.parseXPath) : notLoaded,
    markup: xpath?.parseMarkup ?? notLoaded,
  };
}

const REMEMBERED = 200;

/** Checks ask the same of many answers. */
function remembering<T>(parse: (text: string) => T): (text: string) => T {
  const known = memory<T>(parse);
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

const memories = new Map<unknown, Map<string, unknown>>();

function memory<T>(owner: unknown): Map<string, T> {
  const before = memories.get(owner);
  if (before) return before as Map<string, T>;
  const fresh = new Map<string, T>();
  memories.set(owner, fresh);
  return fresh;
}

function notLoaded(): never {
  throw new TypeError('this engine was not asked for when engines were loaded');
}
