import { BadInputError } from '../../platform/errors.ts';
import type { DocumentNode } from '../tree/nodes.ts';
import { type Made, withChange } from './made.ts';
import type { SetOptions } from './options.ts';
import { losesQuotes, type Replacement, replacementSplice, type Scene, sharedBy, subjectAt } from './replace.ts';
import type { Splice } from './splice.ts';

export type { Replacement } from './replace.ts';

/**
 * Makes all replacements, the last of the text first, so that the places of the others stay what they are.
 * @throws RefusedError when one cannot be made safely
 */
export function replaceAll(
  text: string,
  documents: readonly DocumentNode[],
  replacements: readonly Replacement[],
  options: SetOptions,
): Made {
  const lastFirst = replacements.toSorted((a, b) => b.node.start - a.node.start);
  assertApart(lastFirst);
  let made: Made = { text, marks: [], notes: [] };
  const applied: Splice[] = [];
  for (const replacement of lastFirst) {
    const { edit, doc, steps } = replacement;
    const scene: Scene = { text: made.text, original: text, documents, applied, json: options.json ?? false };
    const subject = subjectAt(scene, edit.path, doc, steps);
    const splice = replacementSplice(scene, replacement, subject, options);
    if (!splice) continue;
    applied.push(splice);
    made = withNotes(withChange(made, splice, { edit, doc, from: subject.value }), [
      losesQuotes(replacement),
      sharedBy(scene, replacement),
    ]);
  }
  return made;
}

function withNotes(made: Made, notes: readonly (string | undefined)[]): Made {
  return { ...made, notes: [...notes.filter((note) => note !== undefined), ...made.notes] };
}

/** @throws BadInputError when two edits are about the same value, or one is about a part of another's */
function assertApart(lastFirst: readonly Replacement[]): void {
  for (const [index, { edit, node }] of lastFirst.entries()) {
    const before = lastFirst[index + 1];
    if (before && (before.node === node || before.node.end > node.start))
      throw new BadInputError(`${before.edit.path} and ${edit.path} cannot be set together: they are about the same value`, {
        hint: 'leave one out',
      });
  }
}
