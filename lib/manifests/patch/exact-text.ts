import { RefusedError } from '../../platform/errors.ts';
import { setValues } from '../set/set-values.ts';
import { spliced } from '../set/splice.ts';
import { scanYaml } from '../tree/scan.ts';
import type { Change } from './changes.ts';
import { exactEdits } from './exact-edits.ts';
import { meansThat } from './means-that.ts';
import { removalOf } from './remove-entry.ts';

export interface ChangeTarget {
  /** From 0. */
  readonly doc: number;
  readonly json: boolean;
}

/**
 * The text with the changes made, every other byte as it was; undefined where that cannot be done.
 * @throws RefusedError when a value that is there cannot be replaced safely: printing it anew would be no safer
 */
export function exactText(text: string, changes: readonly Change[], target: ChangeTarget): string | undefined {
  const removals = changes.filter(({ kind }) => kind === 'remove');
  const others = changes.filter(({ kind }) => kind !== 'remove');
  const edited = withEdits(text, others, target);
  if (edited === undefined || removals.length === 0) return edited;
  if (target.json) return undefined;
  return removals.reduce<string | undefined>((result, change) => result && withRemoval(result, change, target), edited);
}

function withEdits(text: string, changes: readonly Change[], { doc, json }: ChangeTarget): string | undefined {
  const edits = exactEdits(changes);
  if (!edits) return undefined;
  try {
    return setValues(text, edits, { document: { index: doc }, create: true, aliases: 'never', json }).text;
  } catch (error) {
    if (error instanceof RefusedError && changes.some(({ kind }) => kind === 'add')) return undefined;
    throw error;
  }
}

/** Takes one entry out, and proves that nothing else is meant. */
function withRemoval(text: string, change: Change, { doc }: ChangeTarget): string | undefined {
  const root = scanYaml(text)[doc]?.root;
  const splice = root && removalOf(text, root, change.path);
  const after = splice && spliced(text, splice);
  return after !== undefined && meansThat(after, { text, doc, changes: [change], versions: ['1.2', '1.1'] }) ? after : undefined;
}
