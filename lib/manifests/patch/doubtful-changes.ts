import { equal, type Json } from '../json.ts';
import { type Change, valueAt } from './changes.ts';
import { changesBetween } from './changes-between.ts';

/** A document that was patched. */
export interface Patched {
  /** What the patch makes of the document, by each version of YAML. */
  readonly wanted: Readonly<Record<'1.2' | '1.1', Json>>;
  /** What is written now, by YAML 1.1. */
  readonly written: Json;
}

/**
 * What a patch sets and YAML 1.2 sees no change in, while YAML 1.1, by which kubectl reads, does: 644 where `0644` stands, "yes" where `yes` does. Written
 * anew, it is what the patch says to both.
 */
export function doubtfulChanges({ wanted, written }: Patched): readonly Change[] {
  return changesBetween(written, wanted['1.1']).flatMap((change): Change[] => {
    if (change.kind !== 'replace' || isCollection(change.value)) return [];
    const { path, value } = change;
    return equal(at(wanted['1.2'], path), value) ? [{ kind: 'replace', path, from: value, value }] : [];
  });
}

function at(root: Json, path: Change['path']): Json | undefined {
  try {
    return valueAt(root, path);
  } catch {
    return undefined;
  }
}

function isCollection(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
