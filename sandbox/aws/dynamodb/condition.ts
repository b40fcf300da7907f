import { type AttributeValue, compareValues, type Item, invalid, sameValue } from './attribute-value.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';

/** Whether an item (an empty one where there is none) meets a condition. */
export type Condition = (item: Item) => boolean;

type Operand = (item: Item) => AttributeValue | undefined;

const comparators: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * Reads a ConditionExpression: comparisons, AND, OR, NOT, parentheses, attribute_exists, attribute_not_exists and begins_with.
 * Names only through ExpressionAttributeNames, since DynamoDB has 573 reserved words. @throws AwsFault
 */
export function readCondition(expression: unknown, placeholders: Placeholders): Condition {
  const tokens = new Tokens(expression);
  const condition = disjunction(tokens, placeholders);
  tokens.end();
  return condition;
}

function disjunction(tokens: Tokens, placeholders: Placeholders): Condition {
  const parts = [conjunction(tokens, placeholders)];
  while (tokens.take('OR')) parts.push(conjunction(tokens, placeholders));
  return (item) => parts.some((part) => part(item));
}

function conjunction(tokens: Tokens, placeholders: Placeholders): Condition {
  const parts = [negation(tokens, placeholders)];
  while (tokens.take('AND')) parts.push(negation(tokens, placeholders));
  return (item) => parts.every((part) => part(item));
}

function negation(tokens: Tokens, placeholders: Placeholders): Condition {
  if (!tokens.take('NOT')) return primary(tokens, placeholders);
  const inner = negation(tokens, placeholders);
  return (item) => !inner(item);
}

function primary(tokens: Tokens, placeholders: Placeholders): Condition {
  if (tokens.take('(')) {
    const inner = disjunction(tokens, placeholders);
    tokens.expect(')');
    return inner;
  }
  return /^[a-z]/i.test(tokens.peek() ?? '') ? call(tokens, placeholders) : comparison(tokens, placeholders);
}

function call(tokens: Tokens, placeholders: Placeholders): Condition {
  const name = tokens.next();
  tokens.expect('(');
  const subject = operand(tokens, placeholders);
  const argument = tokens.take(',') ? operand(tokens, placeholders) : undefined;
  tokens.expect(')');
  if (name === 'attribute_exists' && !argument) return (item) => subject(item) !== undefined;
  if (name === 'attribute_not_exists' && !argument) return (item) => subject(item) === undefined;
  if (name === 'begins_with' && argument) return (item) => beginsWith(subject(item), argument(item));
  throw invalid(`Invalid ConditionExpression: Invalid function name or arguments; function: ${name}`);
}

export function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  return value?.S !== undefined && prefix?.S !== undefined && value.S.startsWith(prefix.S);
}

function comparison(tokens: Tokens, placeholders: Placeholders): Condition {
  const left = operand(tokens, placeholders);
  const operator = tokens.next();
  const right = operand(tokens, placeholders);
  const same: Condition = (item) => {
    const [a, b] = [left(item), right(item)];
    return a !== undefined && b !== undefined && sameValue(a, b);
  };
  if (operator === '=') return same;
  if (operator === '<>') return (item) => !same(item);
  const holds = comparators[operator];
  if (!holds) throw invalid(`Invalid expression: Syntax error; token: "${operator}"`);
  return (item) => {
    const [a, b] = [left(item), right(item)];
    const order = a && b ? compareValues(a, b) : undefined;
    return order !== undefined && holds(order);
  };
}

function operand(tokens: Tokens, placeholders: Placeholders): Operand {
  const word = tokens.next();
  if (word.startsWith(':')) {
    const value = placeholders.value(word);
    return () => value;
  }
  if (!word.startsWith('#')) throw invalid(`The name ${word} must come through ExpressionAttributeNames at this endpoint`);
  const name = placeholders.name(word);
  return (item) => item[name];
}
