import { type PathPart, pathText } from '../output-path.ts';
import { isEqual, isList, isObject, memberOf, type TerraformObject, type TerraformValue } from '../value.ts';
import type { Change } from './plan-document.ts';
import { MASK, type ValueText } from './secret-values.ts';

/** One value that becomes another. Values are JSON on one line, or absent where there is none. */
export interface AttributeChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** Known after apply; then there is no `after`. */
  readonly unknown?: true;
  /** Not shown. */
  readonly sensitive?: true;
  /** The provider cannot change it without a new object. */
  readonly forcesReplacement?: true;
}

/** A value before and after, and what the plan says of both. */
interface Pair {
  readonly before: TerraformValue | undefined;
  readonly after: TerraformValue | undefined;
  readonly unknown: TerraformValue | undefined;
  readonly beforeMarks: TerraformValue | undefined;
  readonly afterMarks: TerraformValue | undefined;
}

/** All values that a change changes, down to strings, numbers and booleans; those that are sensitive without their value. */
export function attributeChanges(change: Change, text: ValueText): readonly AttributeChange[] {
  const forced = replacePaths(change);
  const found = walk(
    {
      before: change.before ?? undefined,
      after: change.after ?? undefined,
      unknown: change.after_unknown,
      beforeMarks: change.before_sensitive,
      afterMarks: change.after_sensitive,
    },
    [],
    text,
  );
  return found.map(({ parts, ...rest }) => ({
    path: pathText(parts, ''),
    ...rest,
    ...(forced.some((path) => startsWith(parts, path)) && { forcesReplacement: true }),
  }));
}

/** The attributes that force a replacement, as paths. */
export function forcingPaths(change: Change): readonly string[] {
  return replacePaths(change).map((path) => pathText(path, ''));
}

type FoundChange = Omit<AttributeChange, 'path' | 'forcesReplacement'> & { readonly parts: readonly PathPart[] };

function walk(pair: Pair, parts: readonly PathPart[], text: ValueText): readonly FoundChange[] {
  const { before, after, unknown, beforeMarks, afterMarks } = pair;
  if (beforeMarks === true || afterMarks === true)
    return unknown === true || !isEqual(before, after) ? [{ parts, sensitive: true, ...(unknown === true && { unknown }) }] : [];
  if (unknown === true) return [{ parts, unknown, ...shown('before', withoutMarked(before, beforeMarks), text) }];
  const keys = keysOf(pair);
  if (keys.length > 0) return [...scalarsOf(pair, parts, text), ...keys.flatMap((key) => walk(below(pair, key), [...parts, key], text))];
  if (isEqual(before, after) || (isBlank(before) && isBlank(after))) return [];
  return [{ parts, ...shown('before', before, text), ...shown('after', after, text) }];
}

/** A value that has become a list or an object, or was one: it has a change of its own, beside those of what is inside. */
function scalarsOf({ before, after }: Pair, parts: readonly PathPart[], text: ValueText): readonly FoundChange[] {
  const isScalar = (value: TerraformValue | undefined): boolean => !isBlank(value) && !isList(value) && !isObject(value);
  if (!isScalar(before) && !isScalar(after)) return [];
  return [{ parts, ...(isScalar(before) ? shown('before', before, text) : {}), ...(isScalar(after) ? shown('after', after, text) : {}) }];
}

/** A copy with the mask where the marks are. */
function withoutMarked(value: TerraformValue | undefined, marks: TerraformValue | undefined): TerraformValue | undefined {
  if (marks === true) return MASK;
  if (isList(value) && isList(marks)) return value.map((item, index) => withoutMarked(item, marks[index]) ?? null);
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutMarked(item, memberOf(marks, key)) ?? null]));
}

/** What is below the values, in the order in which it comes; nothing for values that have nothing below. */
function keysOf({ before, after, unknown }: Pair): readonly PathPart[] {
  const [lists, objects] = [[before, after, unknown].filter(isList), [before, after, unknown].filter(isObject)];
  const length = Math.max(0, ...lists.map((list) => list.length));
  return [...Array.from({ length }, (_, index) => index), ...new Set(objects.flatMap((object: TerraformObject) => Object.keys(object)))];
}

function below({ before, after, unknown, beforeMarks, afterMarks }: Pair, key: PathPart): Pair {
  return {
    before: at(before, key),
    after: at(after, key),
    unknown: at(unknown, key),
    beforeMarks: at(beforeMarks, key),
    afterMarks: at(afterMarks, key),
  };
}

function at(value: TerraformValue | undefined, key: PathPart): TerraformValue | undefined {
  if (typeof key === 'number') return isList(value) ? value[key] : undefined;
  return isObject(value) ? memberOf(value, key) : undefined;
}

/** For a plan an attribute that is null is one that is not set. */
function isBlank(value: TerraformValue | undefined): boolean {
  return value === undefined || value === null;
}

function shown(name: 'before' | 'after', value: TerraformValue | undefined, text: ValueText): Partial<Record<'before' | 'after', string>> {
  return isBlank(value) ? {} : { [name]: text(value ?? null) };
}

function replacePaths({ replace_paths }: Change): readonly (readonly PathPart[])[] {
  if (!isList(replace_paths)) return [];
  return replace_paths.flatMap((path) => (isList(path) ? [path.map((part) => (typeof part === 'string' ? part : Number(part)))] : []));
}

function startsWith(parts: readonly PathPart[], path: readonly PathPart[]): boolean {
  return path.every((part, index) => parts[index] === part);
}
