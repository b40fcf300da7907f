import { type AttributeValue, type Item, invalid } from './attribute-value.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';

/** What an item becomes. */
export type Update = (item: Item) => Item;

type Source = (item: Item) => AttributeValue;

interface Changes {
  readonly set: Map<string, Source>;
  readonly remove: Set<string>;
}

/**
 * Reads an UpdateExpression: SET of values, attributes, if_not_exists, `+` and `-`; REMOVE. All sources are read from the item as it was.
 * @throws AwsFault, also for an attribute of the key and for one that is changed twice
 */
export function readUpdate(expression: unknown, placeholders: Placeholders, keyNames: readonly string[]): Update {
  const tokens = new Tokens(expression);
  const changes: Changes = { set: new Map(), remove: new Set() };
  while (tokens.peek() !== undefined) clause(tokens, placeholders, changes);
  const names = [...changes.set.keys(), ...changes.remove];
  const key = names.find((name) => keyNames.includes(name));
  if (key !== undefined)
    throw invalid(`One or more parameter values were invalid: Cannot update attribute ${key}. This attribute is part of the key`);
  return (item) => {
    const kept = Object.entries(item).filter(([name]) => !changes.remove.has(name));
    return { ...Object.fromEntries(kept), ...Object.fromEntries([...changes.set].map(([name, source]) => [name, source(item)])) };
  };
}

function clause(tokens: Tokens, placeholders: Placeholders, { set, remove }: Changes): void {
  const removing = tokens.take('REMOVE');
  if (!removing) tokens.expect('SET');
  do {
    const name = placeholders.name(tokens.next());
    if (set.has(name) || remove.has(name))
      throw invalid('Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths;');
    if (removing) remove.add(name);
    else {
      tokens.expect('=');
      set.set(name, sum(tokens, placeholders));
    }
  } while (tokens.take(','));
}

function sum(tokens: Tokens, placeholders: Placeholders): Source {
  const left = source(tokens, placeholders);
  const sign = tokens.take('+') ? 1 : tokens.take('-') ? -1 : 0;
  if (sign === 0) return left;
  const right = source(tokens, placeholders);
  return (item) => ({ N: String(numberOf(left(item)) + sign * numberOf(right(item))) });
}

function source(tokens: Tokens, placeholders: Placeholders): Source {
  const word = tokens.next();
  if (word.startsWith(':')) {
    const value = placeholders.value(word);
    return () => value;
  }
  if (word === 'if_not_exists') return defaulted(tokens, placeholders);
  const name = placeholders.name(word);
  return (item) => {
    const value = item[name];
    if (!value) throw invalid('The provided expression refers to an attribute that does not exist in the item');
    return value;
  };
}

function defaulted(tokens: Tokens, placeholders: Placeholders): Source {
  tokens.expect('(');
  const name = placeholders.name(tokens.next());
  tokens.expect(',');
  const fallback = source(tokens, placeholders);
  tokens.expect(')');
  return (item) => item[name] ?? fallback(item);
}

function numberOf({ N }: AttributeValue): number {
  if (N === undefined) throw invalid('An operand in the update expression has an incorrect data type');
  return Number(N);
}
