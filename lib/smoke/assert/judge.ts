import type { Json } from '../../manifests/json.ts';
import type { NumberTest, Predicate } from '../suite/assertion.ts';
import { contains, equals, isOfType, lengthOf } from './compare.ts';
import type { Observed } from './observed.ts';
import { plural, show, showNumber, showTyped, typeOf } from './show.ts';

/** Whether it holds, and what there is instead, as people read it. */
export interface Judgement {
  readonly ok: boolean;
  readonly actual: string;
}

type Several = Extract<Observed, { kind: 'several' }>;

/** Whether what was observed is what is asked. May run a regular expression of the suite for ever. */
export function judge(predicate: Predicate, observed: Observed): Judgement {
  if (observed.kind === 'unreadable') return { ok: false, actual: observed.why };
  switch (predicate.operator) {
    case 'exists':
      return { ok: isThere(observed) === predicate.value, actual: describe(observed) };
    case 'count':
      return countIs(predicate.test, observed);
    case 'status':
      return statusIs(predicate, observed);
    default:
      return judgeValue(predicate, observed);
  }
}

type ValuePredicate = Exclude<Predicate, { operator: 'exists' | 'count' | 'status' }>;

function judgeValue(predicate: ValuePredicate, observed: Observed): Judgement {
  if (observed.kind === 'texts') return judgeTexts(predicate, observed.texts);
  if (observed.kind === 'several') return judgeSeveral(predicate, observed);
  if (observed.kind === 'nothing') return { ok: isNegative(predicate), actual: observed.what };
  if (observed.kind === 'unreadable') return { ok: false, actual: observed.why };
  const { ok, actual } = judgeOne(predicate, observed.kind === 'text' ? observed.text : observed.value, observed.kind === 'text');
  if (observed.kind === 'number' && observed.unit !== '') return { ok, actual: showNumber(observed.value, observed.unit) };
  return { ok, actual: observed.kind === 'boolean' && observed.why !== undefined ? `${actual}: ${observed.why}` : actual };
}

/** What is not there is not equal to anything and contains nothing. */
function isNegative({ operator }: ValuePredicate): boolean {
  return operator === 'notEquals' || operator === 'notContains';
}

/** @param isText whether it is a text by nature (a header), whose numbers are written in digits */
function judgeOne(predicate: ValuePredicate, value: Json, isText: boolean): Judgement {
  const shown = (ok: boolean): Judgement => ({ ok, actual: show(value) });
  const filled = 'filled' in predicate;
  switch (predicate.operator) {
    case 'equals':
      return {
        ok: equals(value, predicate.value, filled),
        actual: typeOf(value) === typeOf(predicate.value) ? show(value) : showTyped(value),
      };
    case 'notEquals':
      return shown(!equals(value, predicate.value, filled));
    case 'in':
      return shown(predicate.values.some((each) => equals(value, each, filled)));
    case 'contains':
      return contains(value, predicate.value, filled) ?? { ok: false, actual: `${showTyped(value)}, which is neither text nor list` };
    case 'notContains': {
      const has = contains(value, predicate.value, filled);
      return has ? { ok: !has.ok, actual: has.actual } : { ok: false, actual: `${showTyped(value)}, which is neither text nor list` };
    }
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return typeof value === 'string' ? shown(textHolds(predicate, value)) : { ok: false, actual: showTyped(value) };
    case 'isType':
      return { ok: isOfType(value, predicate.type), actual: showTyped(value) };
    case 'length':
      return lengthIs(predicate.test, value);
    default:
      return numberHolds(predicate, value, isText);
  }
}

function textHolds({ operator, text }: Extract<Predicate, { text: string }>, value: string): boolean {
  switch (operator) {
    case 'startsWith':
      return value.startsWith(text);
    case 'endsWith':
      return value.endsWith(text);
    case 'matches':
      return new RegExp(text).test(value);
    default:
      return operator satisfies never;
  }
}

const DIGITS = /^\s*[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*$/;

function numberHolds(
  test: NumberTest | Extract<Predicate, { operator: 'atMost' | 'atLeast' | 'lessThan' | 'greaterThan' }>,
  value: Json,
  isText: boolean,
): Judgement {
  if (typeof value === 'number') return { ok: compares(test, value), actual: show(value) };
  if (isText && typeof value === 'string' && DIGITS.test(value)) return { ok: compares(test, Number(value)), actual: show(value) };
  return { ok: false, actual: `${showTyped(value)}, which is no number` };
}

function compares({ operator, value: limit }: NumberTest, value: number): boolean {
  switch (operator) {
    case 'equals':
      return value === limit;
    case 'lessThan':
      return value < limit;
    case 'greaterThan':
      return value > limit;
    case 'atMost':
      return value <= limit;
    case 'atLeast':
      return value >= limit;
    default:
      return operator satisfies never;
  }
}

function lengthIs(test: NumberTest, value: Json): Judgement {
  const length = lengthOf(value);
  if (length === undefined) return { ok: false, actual: `${showTyped(value)}, which has no length` };
  return { ok: compares(test, length), actual: `${length}, of ${show(value)}` };
}

function isThere(observed: Observed): boolean {
  if (observed.kind === 'several') return observed.values.length > 0;
  return observed.kind !== 'nothing';
}

function describe(observed: Observed): string {
  switch (observed.kind) {
    case 'nothing':
      return observed.what;
    case 'unreadable':
      return observed.why;
    case 'text':
      return show(observed.text);
    case 'number':
      return showNumber(observed.value, observed.unit);
    case 'boolean':
    case 'json':
      return show(observed.value);
    case 'texts':
      return show([...observed.texts]);
    case 'several':
      return severalText(observed);
    default:
      return observed satisfies never;
  }
}

function severalText({ values, noun }: Several): string {
  return values.length === 0 ? `no ${noun}` : `${plural(values.length, noun)}: ${show([...values])}`;
}

function countIs(test: NumberTest, observed: Observed): Judgement {
  const count = countOf(observed);
  const list =
    observed.kind === 'json' && Array.isArray(observed.value) ? ` (a list; its items are its length, ${observed.value.length})` : '';
  return { ok: compares(test, count), actual: `${count}${list}` };
}

/** Results, nodes, lines, matches or records: 0 where there is nothing, 1 for one value whatever is in it. */
function countOf(observed: Observed): number {
  switch (observed.kind) {
    case 'several':
      return observed.values.length;
    case 'texts':
      return observed.texts.length;
    case 'text':
      return observed.count;
    case 'nothing':
    case 'unreadable':
      return 0;
    default:
      return 1;
  }
}

/** A path that may find several: lists are compared with all that it found, anything else with the only one. */
function judgeSeveral(predicate: ValuePredicate, observed: Several): Judgement {
  const { values } = observed;
  const filled = 'filled' in predicate;
  switch (predicate.operator) {
    case 'equals':
    case 'notEquals':
      if (!Array.isArray(predicate.value)) break;
      return { ok: equals([...values], predicate.value, filled) === (predicate.operator === 'equals'), actual: severalText(observed) };
    case 'contains':
    case 'notContains': {
      if (observed.noun === 'node') break;
      const has = values.some((value) => equals(value, predicate.value, filled));
      return { ok: has === (predicate.operator === 'contains'), actual: severalText(observed) };
    }
    default:
  }
  const [only] = values;
  if (only === undefined) return { ok: isNegative(predicate), actual: severalText(observed) };
  if (values.length > 1) return { ok: false, actual: `${severalText(observed)}; ask for count, compare with a list, or narrow it to one` };
  return judgeOne(predicate, only, observed.noun === 'node');
}

/** Texts without an order; those about one text hold when one of them does. */
function judgeTexts(predicate: ValuePredicate, texts: readonly string[]): Judgement {
  const actual = texts.length === 0 ? 'none' : show([...texts]);
  const has = (text: Json): boolean => texts.some((each) => each === text);
  switch (predicate.operator) {
    case 'equals':
      return { ok: sameTexts(texts, predicate.value), actual };
    case 'notEquals':
      return { ok: !sameTexts(texts, predicate.value), actual };
    case 'contains':
      return { ok: has(predicate.value), actual };
    case 'notContains':
      return { ok: !has(predicate.value), actual };
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return { ok: texts.some((text) => textHolds(predicate, text)), actual };
    default:
      return { ok: false, actual };
  }
}

function sameTexts(texts: readonly string[], expected: Json): boolean {
  const wanted = new Set<Json>(Array.isArray(expected) ? expected : [expected]);
  return wanted.size === new Set(texts).size && texts.every((text) => wanted.has(text));
}

function statusIs({ ranges, not }: Extract<Predicate, { operator: 'status' }>, observed: Observed): Judgement {
  if (observed.kind !== 'number') return { ok: false, actual: describe(observed) };
  const { value } = observed;
  return { ok: ranges.some(([from, to]) => value >= from && value <= to) !== not, actual: String(value) };
}
