import { lineAt } from '../tree/line-at.ts';
import type { DocumentNode } from '../tree/nodes.ts';
import { chooseDocuments } from './documents.ts';
import { growBy } from './grown.ts';
import { jsonable } from './jsonable.ts';
import type { Made } from './made.ts';
import type { Edit, SetOptions, SetResult } from './options.ts';
import { readableDocuments } from './readable.ts';
import { type Replacement, replaceAll } from './replace-all.ts';

/**
 * Sets values in the text of a YAML or JSON file. Only the characters of those values change, and each change is proved: the text is read again
 * in both versions of YAML, in which the value must be what was asked for and everything else what it was.
 * All edits are made, or none.
 * @throws BadInputError for a file that is no YAML, RefusedError when one edit cannot be made safely
 */
export function setValues(text: string, edits: readonly Edit[], options: SetOptions = {}): SetResult {
  const documents = documentsOf(text, options.json ?? false);
  const chosen = edits.flatMap((edit) => chooseDocuments(text, documents, edit, options).map((choice) => ({ edit, ...choice })));
  const replacements = chosen.flatMap(({ edit, doc, located }): Replacement[] =>
    located.found === 'node' ? [{ edit, doc, node: located.node, steps: located.steps }] : [],
  );
  const growing = chosen.filter(({ located }) => located.found !== 'node');
  let made = replaceAll(text, documents, replacements, options);
  for (const { edit, doc } of growing)
    made = growBy(made, edit, { doc, options, documents: documentsOf(made.text, options.json ?? false) });
  return resultOf(made, edits);
}

/** A text without a document is one that has no value yet. */
function documentsOf(text: string, json: boolean): readonly DocumentNode[] {
  const documents = readableDocuments(text, json);
  const end = text.length;
  if (documents.length > 0) return documents;
  return [{ start: 0, end, root: { type: 'empty', start: end, end, properties: undefined }, directives: false }];
}

function resultOf({ text, marks, notes }: Made, edits: readonly Edit[]): SetResult {
  const order = (path: string): number => edits.findIndex((edit) => edit.path === path);
  const changes = marks
    .toSorted((a, b) => order(a.edit.path) - order(b.edit.path) || a.at - b.at)
    .map(({ edit, doc, at, ...was }) => ({
      path: edit.path,
      doc,
      ...('from' in was && { from: jsonable(was.from) }),
      to: jsonable(edit.asked.value),
      line: lineAt(text, at),
    }));
  return { text, changes, notes };
}
