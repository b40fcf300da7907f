import { BadInputError, RefusedError } from '../../platform/errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { DocumentSelector } from '../set/options.ts';
import { readableDocuments } from '../set/readable.ts';
import { type ChangedText, changeText } from './change-text.ts';
import type { Change } from './changes.ts';
import { changesBetween } from './changes-between.ts';
import { chooseDocument } from './choose-document.ts';
import { doubtfulChanges } from './doubtful-changes.ts';
import { applyJsonPatch } from './json-patch.ts';
import { applyMergePatch } from './merge-patch.ts';
import { BadPatchError, PatchRefusedError } from './patch-error.ts';
import { readValues } from './read-values.ts';
import { assertSameObject } from './same-object.ts';
import { applyStrategicMerge } from './strategic-merge.ts';
import { traceJsonPatch } from './trace.ts';

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
  readonly how: 'unchanged' | ChangedText['how'];
  readonly changes: readonly Change[];
}

/**
 * Patches one document of a text: byte-exactly if the patch replaces scalars, and adds, moves, copies and takes away entries that can have lines, or a
 * place between brackets, of their own; else by printing the document anew.
 * @throws BadInputError for a file or a patch that is none; RefusedError when the patch does not fit, or the file cannot be changed safely
 */
export function patchText(text: string, request: PatchRequest): PatchedText {
  const json = request.json ?? false;
  // Tells a template, and what is no YAML, before a parser makes something of it.
  const documents = readableDocuments(text, json);
  const values = readValues(text, '1.2');
  if (documents.length !== values.length)
    throw new PatchRefusedError('nothing was patched: the documents of the file cannot be told apart with certainty');
  const doc = chooseDocument(values, request.patch, request.document);
  const before = values[doc] ?? null;
  const after = patched(before, request);
  const changes = changesBetween(before, after, request.type === 'json' ? { trace: traceJsonPatch(before, request.patch) } : {});
  const first: Pick<PatchedText, 'text' | 'how'> =
    changes.length === 0 ? { text, how: 'unchanged' } : changeText(text, changes, { doc, json });
  const doubtful = json ? [] : doubtfulIn(first.text, { original: text, after, doc, request });
  if (doubtful.length === 0) return { ...first, doc, changes };
  const second = changeText(first.text, doubtful, { doc, json });
  return { text: second.text, how: first.how === 'printed' ? 'printed' : second.how, doc, changes: [...changes, ...doubtful] };
}

interface Written {
  readonly original: string;
  readonly after: Json;
  readonly doc: number;
  readonly request: PatchRequest;
}

/** None where the patch does not fit what YAML 1.1 reads, as a `test` of a value that is another there. */
function doubtfulIn(text: string, { original, after, doc, request: { type, patch } }: Written): readonly Change[] {
  try {
    const wanted = afterPatch(readValues(original, '1.1')[doc] ?? null, type, patch);
    return doubtfulChanges({ wanted: { '1.2': after, '1.1': wanted }, written: readValues(text, '1.1')[doc] ?? null });
  } catch (error) {
    if (error instanceof BadInputError || error instanceof RefusedError) return [];
    throw error;
  }
}

function patched(before: Json, { type, patch }: PatchRequest): Json {
  const after = afterPatch(before, type, patch);
  // The operations of a JSON patch say in so many words what they change.
  if (after !== null && type !== 'json') assertSameObject(before, after);
  if (after !== null) return after;
  throw new PatchRefusedError('nothing was patched: the patch leaves nothing of the document', {
    hint: 'delete the file, if that is meant',
  });
}

function afterPatch(before: Json, type: PatchType, patch: Json): Json {
  if (type === 'json') return applyJsonPatch(before, patch);
  // By the RFC, what is no map takes the place of the document; it cannot be the same object then, if it is one of Kubernetes'.
  if (type === 'merge') return applyMergePatch(before, patch);
  if (!isJsonObject(patch)) throw new BadPatchError('a strategic patch is a map', { hint: 'write it as in {"spec": {"replicas": 3}}' });
  if (isJsonObject(before)) return applyStrategicMerge(before, patch);
  throw new PatchRefusedError('the document is no map, and has no strategic merge patch', { hint: 'use a JSON patch' });
}
