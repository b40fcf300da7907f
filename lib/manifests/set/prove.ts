import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Step } from '../tree/steps.ts';
import type { Readings } from './read.ts';
import { hasAlias, VERSIONS } from './read.ts';

export interface Target {
  readonly document: number;
  readonly steps: readonly Step[];
}

/** Judges the node at the target, before and after, with the document that the latter is in. */
export type Judge = (before: unknown, after: unknown, document: Document) => boolean;

/**
 * Does a text read, in both versions of YAML, as it did, but for the one node that is judged? Anchors, tags, aliases, styles and the order of
 * keys count as well as values.
 */
export function readsAlike(before: Readings, after: Readings, { document, steps }: Target, judge: Judge): boolean {
  return VERSIONS.every((version) => {
    const documents = after[version];
    return (
      before[version].length === documents.length &&
      documents.every((now, index) => {
        return alike(before[version][index]?.contents, now.contents, {
          steps: index === document ? steps : undefined,
          judge: (a, b) => judge(a, b, now),
        });
      })
    );
  });
}

interface Comparison {
  /** The way on to the target; undefined off it. */
  readonly steps: readonly Step[] | undefined;
  readonly judge: (before: unknown, after: unknown) => boolean;
}

function alike(a: unknown, b: unknown, { steps, judge }: Comparison): boolean {
  if (steps?.length === 0) return judge(a, b);
  if (isMap(a) && isMap(b)) return sameFrame(a, b) && itemsAlike(a.items, b.items, { steps, judge });
  if (isSeq(a) && isSeq(b)) return sameFrame(a, b) && itemsAlike(a.items, b.items, { steps, judge });
  if (isPair(a) && isPair(b)) return sidesAlike(a, b, { steps, judge });
  return sameLeaf(a, b);
}

function itemsAlike(a: readonly unknown[], b: readonly unknown[], { steps, judge }: Comparison): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, index) => alike(item, b[index], { steps: steps?.[0]?.index === index ? inside(item, steps) : undefined, judge }));
}

/** Has `b` everything that `a` has, in its order, and one entry more? A value that is empty has nothing. */
export function startsAlike(a: unknown, b: YAMLMap | YAMLSeq): boolean {
  const grown = (isMap(a) && isMap(b)) || (isSeq(a) && isSeq(b));
  if (grown ? !sameFrame(a, b) : !isNothing(a)) return false;
  const items = grown ? a.items : [];
  return b.items.length === items.length + 1 && itemsAlike(items, b.items.slice(0, -1), { steps: undefined, judge: () => false });
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

/** A pair is half a step: the side is chosen next. */
function inside(item: unknown, steps: readonly Step[]): readonly Step[] {
  return isPair(item) ? steps : steps.slice(1);
}

function sidesAlike(a: { key: unknown; value: unknown }, b: { key: unknown; value: unknown }, { steps, judge }: Comparison): boolean {
  const on = steps?.slice(1);
  const side = steps?.[0]?.to;
  return (
    alike(a.key, b.key, { steps: side === 'key' ? on : undefined, judge }) &&
    alike(a.value, b.value, { steps: side === 'value' ? on : undefined, judge })
  );
}

/** Collections but for what is in them. */
export function sameFrame(a: Node & { flow?: boolean }, b: Node & { flow?: boolean }): boolean {
  return sameMarks(a, b) && Boolean(a.flow) === Boolean(b.flow);
}

/** Anchor and tag, as they are written. */
export function sameMarks(a: unknown, b: unknown): boolean {
  const marks = (node: unknown): string =>
    isScalar(node) || isMap(node) || isSeq(node) ? JSON.stringify([node.anchor ?? null, node.tag ?? null]) : '[null,null]';
  return marks(a) === marks(b);
}

function sameLeaf(a: unknown, b: unknown): boolean {
  if (isAlias(a) && isAlias(b)) return a.source === b.source;
  if (!isScalar(a) || !isScalar(b)) return a === b && !isAlias(a) && !isMap(a) && !isSeq(a);
  // The same text in the same style, with the same tag, is the same value.
  return sameMarks(a, b) && a.type === b.type && a.source === b.source;
}

/** Is this the value asked for, with its type? */
export function isValue(node: unknown, value: unknown, document: Document): boolean {
  if (typeof value === 'object' && value !== null)
    return (isMap(node) || isSeq(node)) && !hasAlias(node) && sameJson(node.toJS(document), value);
  if (node === null || node === undefined) return value === null;
  return isScalar(node) && sameJson(node.value, value);
}

/** Deep equality of plain values; integers of any size are compared as what they count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a === 'bigint' || typeof b === 'bigint') return isNumeric(a) && isNumeric(b) && a <= b && a >= b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b || Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length && left.every(([key, value], index) => right[index]?.[0] === key && sameJson(value, right[index]?.[1]))
  );
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || typeof value === 'number';
}
