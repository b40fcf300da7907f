import { isJsonObject, type Json } from '../json.ts';
import type { DocumentSelector } from '../set/options.ts';
import { readableDocuments } from '../set/readable.ts';
import type { DocumentNode } from '../tree/nodes.ts';
import { type Change, changesBetween } from './changes.ts';
import { chooseDocument } from './choose-document.ts';
import { exactText } from './exact-text.ts';
import { applyJsonPatch } from './json-patch.ts';
import { meansThat } from './means-that.ts';
import { applyMergePatch } from './merge-patch.ts';
import { BadPatchError, PatchRefusedError } from './patch-error.ts';
import { printJson } from './print-json.ts';
import { printYaml } from './print-yaml.ts';
import { readValues } from './read-values.ts';
import { applyStrategicMerge } from './strategic-merge.ts';

export const PATCH_TYPES = ['json', 'merge', 'strategic'] as const;
export type PatchType = (typeof PATCH_TYPES)[number];

export interface PatchRequest {
  readonly type: PatchType;
  readonly patch: Json;
  readonly document?: DocumentSelector;
  /** The file is JSON, and stays it. */
  readonly json?: boolean;
}

export interface PatchedText {
  readonly text: string;
  /** Of the document that was patched, from 0. */
  readonly doc: number;
  /** `exact`: every byte but those of the changed values is what it was. `printed`: the document was printed anew. */
  readonly how: 'unchanged' | 'exact' | 'printed';
  readonly changes: readonly Change[];
}

/**
 * Patches one document of a text. A patch that replaces scalars, adds them, or takes whole entries out of block collections leaves every other byte
 * alone; any other has the document printed anew. Either way the result is read again, in both versions of YAML, before it counts.
 * @throws BadInputError for a file or a patch that is none; RefusedError when the patch does not fit, or the file cannot be changed safely
 */
export function patchText(text: string, request: PatchRequest): PatchedText {
  const json = request.json ?? false;
  const documents = readableDocuments(text, json);
  const values = readValues(text, '1.2');
  const doc = chooseDocument(values, request.patch, request.document);
  const before = values[doc] ?? null;
  const changes = changesBetween(before, patched(before, request));
  if (changes.length === 0) return { text, doc, how: 'unchanged', changes };
  const exact = exactText(text, changes, { doc, json });
  if (exact !== undefined) return { text: exact, doc, how: 'exact', changes };
  const printed = json ? printJson(text, changes) : printYaml(text, doc, rootOf(documents, doc), changes);
  if (meansThat(printed, { text, doc, changes, versions: json ? ['1.2'] : ['1.2', '1.1'] }))
    return { text: printed, doc, how: 'printed', changes };
  throw new PatchRefusedError('the file was not patched: printed anew it would mean something else', { hint: 'edit it by hand' });
}

function patched(before: Json, { type, patch }: PatchRequest): Json {
  const after = afterPatch(before, type, patch);
  if (after !== null) return after;
  throw new PatchRefusedError('nothing was patched: the patch leaves nothing of the document', {
    hint: 'delete the file, if that is meant',
  });
}

function afterPatch(before: Json, type: PatchType, patch: Json): Json {
  if (type === 'json') return applyJsonPatch(before, patch);
  if (!isJsonObject(patch)) throw new BadPatchError(`a ${type} patch is a map`, { hint: 'write it as in {"spec": {"replicas": 3}}' });
  if (type === 'merge') return applyMergePatch(before, patch);
  if (isJsonObject(before)) return applyStrategicMerge(before, patch);
  throw new PatchRefusedError('the document is no map, and has no strategic merge patch', { hint: 'use a JSON patch' });
}

function rootOf(documents: readonly DocumentNode[], doc: number): DocumentNode['root'] {
  const root = documents[doc]?.root;
  if (root) return root;
  throw new PatchRefusedError('the file was not patched: its documents cannot be told apart with certainty', { hint: 'edit it by hand' });
}
