import type { Json } from '../../manifests/json.ts';
import type { Predicate } from './assertion.ts';
import type { Check } from './suite.ts';
import { namesIn } from './template.ts';
import { textsOf } from './to-predicate.ts';

/** The names whose values a check needs before it can run, each once. */
export function namesUsed({ probe, assert }: Pick<Check, 'probe' | 'assert'>): readonly string[] {
  const texts = [...textsOf(probe as unknown as Json), ...assert.flatMap(({ predicate }) => expectedTexts(predicate))];
  return [...new Set(texts.flatMap(namesIn))];
}

/** The texts of an expectation that may hold names. */
function expectedTexts(predicate: Predicate): readonly string[] {
  if ('text' in predicate) return [predicate.text];
  if ('values' in predicate) return textsOf([...predicate.values]);
  return 'filled' in predicate ? textsOf(predicate.value) : [];
}
