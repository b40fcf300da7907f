import { RefusedError } from '../../platform/errors.ts';
import { changeText } from '../patch/change-text.ts';
import { changesBetween } from '../patch/changes-between.ts';
import { setValues } from '../set/set-values.ts';
import type { ParsedFile } from './environment.ts';
import type { PromotedFile } from './promotion.ts';
import type { Proposal } from './proposal.ts';
import { textTrees } from './text-tree.ts';

/** The files that change, with what they become. @throws RefusedError when one cannot be changed safely */
export function promotedFiles(proposals: readonly Proposal[]): {
  readonly files: readonly PromotedFile[];
  readonly warnings: readonly string[];
} {
  const touched = [...new Set(proposals.map(({ file }) => file))].sort((a, b) => (a.file < b.file ? -1 : 1));
  const files = touched
    .map((file) =>
      promoted(
        file,
        proposals.filter((proposal) => proposal.file === file),
      ),
    )
    .filter(({ before, after }) => before !== after);
  const warnings = files
    .filter(({ exact }) => !exact)
    .map(({ file }) => `${file} is printed anew in part: its comments stay, its blanks and line folds may not`);
  return { files, warnings };
}

function promoted(file: ParsedFile, proposals: readonly Proposal[]): PromotedFile {
  try {
    const { text, exact } = withChanges(file, withEdits(file, proposals));
    return { file: file.file, before: file.text, after: text, exact };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new RefusedError(`nothing was promoted: ${file.file}: ${error.message}`, {
      cause: error,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}

/** Values that keep their types, set one by one. */
function withEdits({ text, json }: ParsedFile, proposals: readonly Proposal[]): string {
  return proposals.reduce(
    (result, { edit, doc }) => (edit ? setValues(result, [edit], { document: { index: doc }, aliases: 'never', json }).text : result),
    text,
  );
}

/** All that the rules have made of the trees. */
function withChanges({ text, json, trees }: ParsedFile, edited: string): { readonly text: string; readonly exact: boolean } {
  let result = { text: edited, exact: true };
  for (const [doc, before] of (textTrees(text) ?? []).entries()) {
    const changes = changesBetween(before, trees[doc] ?? null);
    if (changes.length === 0) continue;
    const changed = changeText(result.text, changes, { doc, json });
    result = { text: changed.text, exact: result.exact && changed.how === 'exact' };
  }
  return result;
}
