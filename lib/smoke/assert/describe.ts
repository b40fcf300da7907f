import type { Assertion, NumberOperator, NumberTest, Predicate, Source } from '../suite/assertion.ts';
import type { Unit } from './observed.ts';
import { cut, show, showNumber } from './show.ts';

/** What is asked, in the words of the suite: `jsonPath $.version equals "2.4.1"`. */
export function describeAssertion(assertion: Assertion): string {
  return describeAsked(assertion, expectedOf(assertion.source, assertion.predicate));
}

/** {@link describeAssertion} where what there should be is in words already. */
export function describeAsked({ source, onlyDegrades }: Assertion, expected: string): string {
  return cut(`${describeSource(source)} ${expected}${onlyDegrades ? ' (or degraded)' : ''}`);
}

export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'header':
      return `header ${source.name}`;
    case 'cookie':
      return source.attribute === undefined ? `cookie ${source.name}` : `cookie ${source.name} ${source.attribute}`;
    case 'jsonPath':
      return `jsonPath ${source.path}`;
    case 'xpath':
      return `xpath ${source.expression}`;
    case 'regex':
      return `regex ${source.pattern}`;
    case 'certificate':
      return `certificate ${source.field}`;
    case 'hop':
      return `hop ${source.index} ${source.field.kind === 'header' ? `header ${source.field.name}` : source.field.kind}`;
    default:
      return source.kind;
  }
}

const WORDS: Readonly<Record<NumberOperator, string>> = {
  equals: 'equals',
  lessThan: 'less than',
  greaterThan: 'greater than',
  atMost: 'at most',
  atLeast: 'at least',
};

/** What there should be. */
export function expectedOf(source: Source, predicate: Predicate): string {
  switch (predicate.operator) {
    case 'equals':
    case 'notEquals':
    case 'contains':
    case 'notContains':
      return `${OPERATORS[predicate.operator]} ${show(predicate.value)}`;
    case 'in':
      return `one of ${show([...predicate.values])}`;
    case 'startsWith':
    case 'endsWith':
      return `${OPERATORS[predicate.operator]} ${show(predicate.text)}`;
    case 'matches':
      return `matches ${cut(predicate.text)}`;
    case 'lessThan':
    case 'greaterThan':
    case 'atMost':
    case 'atLeast':
      return numberText(predicate, unitOf(source));
    case 'exists':
      return predicate.value ? 'exists' : 'does not exist';
    case 'isType':
      return `is of type ${predicate.type}`;
    case 'count':
    case 'length':
      return `${predicate.operator} ${numberText(predicate.test, '')}`;
    case 'status':
      return `${predicate.not ? 'not ' : ''}${predicate.ranges.map(rangeText).join(' or ')}`;
    default:
      return predicate satisfies never;
  }
}

const OPERATORS = {
  equals: 'equals',
  notEquals: 'not equal to',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
} as const;

function numberText({ operator, value }: NumberTest, unit: Unit): string {
  return `${WORDS[operator]} ${showNumber(value, unit)}`;
}

function rangeText([from, to]: readonly [number, number]): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function unitOf(source: Source): Unit {
  if (source.kind === 'latency') return 'ms';
  if (source.kind === 'size') return 'bytes';
  return source.kind === 'certificate' && source.field === 'daysLeft' ? 'days' : '';
}
