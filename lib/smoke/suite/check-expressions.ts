import { messageOf } from '../../platform/errors.ts';
import type { Problem } from '../../platform/schema-problems.ts';
import { type Engines, loadEngines } from '../assert/engines.ts';
import type { Predicate, Source } from './assertion.ts';
import { hasName, partsOf } from './template.ts';

/** A source or a predicate of a suite, and where it is written. */
export interface Asked {
  readonly path: readonly PropertyKey[];
  readonly source: Source;
  readonly predicate?: Predicate;
}

/** Paths and patterns that are none. The libraries that know are loaded where a suite has such. */
export async function checkExpressions(asked: readonly Asked[]): Promise<readonly Problem[]> {
  const engines = await loadEngines(asked.map(({ source }) => source));
  return asked.flatMap(({ path, source, predicate }) => [
    ...wrongWith([...path, source.kind], () => parseSource(source, engines)),
    ...(predicate?.operator === 'matches' ? wrongWith(path, () => new RegExp(withoutNames(predicate.text))) : []),
  ]);
}

/** A `{{name}}` in them is told of elsewhere. */
function parseSource(source: Source, engines: Engines): unknown {
  if (Object.values(source).some((text) => typeof text === 'string' && hasName(text))) return undefined;
  switch (source.kind) {
    case 'jsonPath':
      return engines.jsonPath(source.path);
    case 'xpath':
      return engines.xpath(source.expression);
    case 'regex':
      return new RegExp(source.pattern);
    default:
      return undefined;
  }
}

/** A name stands for text that is escaped. */
function withoutNames(pattern: string): string {
  return partsOf(pattern)
    .map((part) => (part.kind === 'text' ? part.text : 'x'))
    .join('');
}

function wrongWith(path: readonly PropertyKey[], parse: () => unknown): readonly Problem[] {
  try {
    parse();
    return [];
  } catch (error) {
    return [{ path, message: `${NOUNS[String(path.at(-1))] ?? 'is no regular expression'}: ${messageOf(error)}` }];
  }
}

const NOUNS: Readonly<Record<string, string>> = { jsonPath: 'is no path of RFC 9535', xpath: 'is no expression of XPath 1.0' };
