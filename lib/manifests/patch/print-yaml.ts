import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Pair,
  parseAllDocuments,
  type ToStringOptions,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { messageOf } from '../../platform/errors.ts';
import type { Json } from '../json.ts';
import type { YamlNode } from '../tree/nodes.ts';
import type { Change, Steps } from './changes.ts';
import { pointerText } from './json-pointer.ts';
import { asItem, asPair, dropDoubleAnchors, giveCommentsToEntries, type MovedNode, movedNode, putHead, takeHead } from './moved-node.ts';
import { PatchRefusedError } from './patch-error.ts';
import { printStyleOf } from './print-style.ts';
import { yamlNode, yamlScalar } from './yaml-node.ts';

/**
 * The text with one document printed anew by the yaml package, changes made; every other document stays as it is. Comments, anchors and styles are kept
 * where the package keeps them. Scalars are read as texts, so that none that stays is written otherwise: `0644` remains what it is.
 * @param root of the document, as our own reader sees it
 * @throws PatchRefusedError when a change leads through an alias
 */
export function printYaml(text: string, doc: number, root: YamlNode, changes: readonly Change[]): string {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  const document = documents[doc];
  if (!document) throw new RangeError(`there is no document ${doc}`);
  giveCommentsToEntries(document);
  const head = takeHead(document);
  const moved = changes.map((change) => (change.kind === 'add' && change.origin ? movedNode(document, change.origin) : undefined));
  for (const [index, change] of changes.entries()) makeChange(document, change, moved[index]);
  putHead(document, head);
  dropDoubleAnchors(
    document,
    moved.filter((node) => node !== undefined),
  );
  const start = doc === 0 ? (text.startsWith('\uFEFF') ? 1 : 0) : (documents[doc - 1]?.range[2] ?? 0);
  const [, , end] = document.range;
  const printed = print(document, printStyleOf(text.slice(start, end), root));
  const ended = text.slice(start, end).endsWith('\n') ? printed : printed.replace(/\n$/, '');
  return text.slice(0, start) + (/\r\n/.test(text) ? ended.replaceAll('\n', '\r\n') : ended) + text.slice(end);
}

function print(document: Document, style: ToStringOptions): string {
  try {
    return document.toString(style);
  } catch (error) {
    // An alias has lost its anchor.
    throw new PatchRefusedError(`the file was not changed: ${messageOf(error)}`, { cause: error, hint: 'write the aliased parts out' });
  }
}

/** @param moved what an addition takes from elsewhere */
function makeChange(document: Document, change: Change, moved: MovedNode | undefined): void {
  const { path } = change;
  const last = path.at(-1);
  if (last === undefined) document.contents = change.kind === 'remove' ? null : yamlNode(change.value);
  else changeBelow(parentOf(document.contents, path), last, change, moved);
}

function parentOf(contents: unknown, path: Steps): YAMLMap | YAMLSeq {
  let node = contents;
  for (const step of path.slice(0, -1)) node = isMap(node) ? pairOf(node, step)?.value : isSeq(node) ? node.items[Number(step)] : undefined;
  if (isMap(node) || isSeq(node)) return node;
  throw new PatchRefusedError(
    `${pointerText(path.map(String))} was not patched: the way there leads through an alias, a merge key or a value of another kind`,
    {
      hint: 'write those parts out, or patch what they stand for',
    },
  );
}

function pairOf(map: YAMLMap, step: string | number): Pair | undefined {
  return map.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
}

function changeBelow(parent: YAMLMap | YAMLSeq, step: string | number, change: Change, moved: MovedNode | undefined): void {
  if (isMap(parent)) changeKey(parent, step, change, moved);
  else if (change.kind === 'remove') parent.items.splice(Number(step), 1);
  else if (change.kind === 'add') parent.items.splice(Number(step), 0, moved ? asItem(moved) : yamlNode(change.value));
  else parent.items[Number(step)] = replacement(parent.items[Number(step)], change.value);
}

/** A key that only a merge gives gets a value of its own. */
function changeKey(map: YAMLMap, step: string | number, change: Change, moved: MovedNode | undefined): void {
  const pair = pairOf(map, step);
  if (change.kind === 'remove') map.items = map.items.filter((other) => other !== pair);
  else if (pair) pair.value = replacement(pair.value, change.value);
  else map.items.push(moved ? asPair(moved, String(step)) : new Pair(yamlScalar(String(step)), yamlNode(change.value)));
}

/** Has the comments of what it replaces, and of a text its quotes. */
function replacement(before: unknown, value: Json): unknown {
  const node =
    typeof value === 'object' && value !== null ? yamlNode(value) : yamlScalar(value, isScalar(before) ? before.type : undefined);
  if (!isNode(before)) return node;
  const { comment, commentBefore, spaceBefore } = before;
  return Object.assign(node, { comment, commentBefore, spaceBefore });
}
