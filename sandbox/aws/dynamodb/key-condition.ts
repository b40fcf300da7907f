import { type AttributeValue, compareValues, type Item, invalid } from './attribute-value.ts';
import { beginsWith } from './condition.ts';
import type { Placeholders } from './placeholders.ts';
import { KEY_NAMES } from './table.ts';
import { Tokens } from './tokens.ts';

export interface KeyCondition {
  /** Of the one partition that a query may read. */
  readonly pk: string;
  readonly matches: (item: Item) => boolean;
}

const [PK, SK] = KEY_NAMES;

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Reads a KeyConditionExpression: `#pk = :v`, and perhaps `AND` with a comparison or begins_with of the sort key. @throws AwsFault */
export function readKeyCondition(expression: unknown, placeholders: Placeholders): KeyCondition {
  const tokens = new Tokens(expression);
  if (placeholders.name(tokens.next()) !== PK) throw invalid(`Query condition missed key schema element: ${PK}`);
  tokens.expect('=');
  const pk = textOf(placeholders.value(tokens.next()));
  const matches = tokens.take('AND') ? sortCondition(tokens, placeholders) : () => true;
  tokens.end();
  return { pk, matches };
}

function sortCondition(tokens: Tokens, placeholders: Placeholders): KeyCondition['matches'] {
  if (tokens.take('BEGINS_WITH')) {
    tokens.expect('(');
    sortKey(tokens, placeholders);
    tokens.expect(',');
    const prefix = placeholders.value(tokens.next());
    tokens.expect(')');
    textOf(prefix);
    return (item) => beginsWith(item[SK], prefix);
  }
  sortKey(tokens, placeholders);
  const holds = orders[tokens.next()];
  if (!holds) throw tokens.unexpected();
  const value = placeholders.value(tokens.next());
  textOf(value);
  return (item) => {
    const order = item[SK] && compareValues(item[SK], value);
    return order !== undefined && holds(order);
  };
}

function sortKey(tokens: Tokens, placeholders: Placeholders): void {
  if (placeholders.name(tokens.next()) !== SK) throw invalid(`Query key condition not supported: only ${SK} may be beside ${PK}`);
}

function textOf({ S }: AttributeValue): string {
  if (S === undefined || S === '')
    throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
  return S;
}
