import { readableDocuments } from '../set/readable.ts';
import type { Change } from './changes.ts';
import { type ChangeTarget, exactText } from './exact-text.ts';
import { meansThat } from './means-that.ts';
import { PatchRefusedError } from './patch-error.ts';
import { printJson } from './print-json.ts';
import { printYaml } from './print-yaml.ts';

export interface ChangedText {
  readonly text: string;
  /** `exact`: every byte but those of the changes is what it was. `printed`: the document was printed anew. */
  readonly how: 'exact' | 'printed';
}

/**
 * Makes changes in one document of a text, byte-exactly where that can be done, else by printing the document anew. The result is read again, in both
 * versions of YAML, before it counts.
 * @throws BadInputError for a text that is no YAML (or JSON); RefusedError when it cannot be changed safely
 */
export function changeText(text: string, changes: readonly Change[], target: ChangeTarget): ChangedText {
  const { doc, json } = target;
  const root = readableDocuments(text, json)[doc]?.root;
  const exact = exactText(text, changes, target);
  if (exact !== undefined) return { text: exact, how: 'exact' };
  if (!root) throw refused('its documents cannot be told apart with certainty');
  const printed = json ? printJson(text, changes) : printYaml(text, doc, root, changes);
  if (meansThat(printed, { text, doc, changes, versions: json ? ['1.2'] : ['1.2', '1.1'] })) return { text: printed, how: 'printed' };
  throw refused('printed anew it would mean something else');
}

function refused(why: string): PatchRefusedError {
  return new PatchRefusedError(`the file was not changed: ${why}`, { hint: 'edit it by hand' });
}
