import { type Document, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node, Pair, visit } from 'yaml';
import type { Steps } from './changes.ts';
import { yamlScalar } from './yaml-node.ts';

/** A value of a document as the yaml package has it, to be put elsewhere with all that is written at it. */
export interface MovedNode {
  /** Of an entry of a map. */
  readonly key: Node | undefined;
  readonly value: Node;
}

/** A copy of what stands at a path; undefined where nothing is, or the way leads through an alias. */
export function movedNode(document: Document, path: Steps): MovedNode | undefined {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => entryOf(node, step)?.value, document.contents);
  const found = last === undefined ? undefined : entryOf(parent, last);
  if (!found || !isNode(found.value)) return undefined;
  return { key: isNode(found.key) ? (found.key.clone() as Node) : undefined, value: found.value.clone() as Node };
}

function entryOf(node: unknown, step: string | number): { readonly key: unknown; readonly value: unknown } | undefined {
  if (isSeq(node)) return { key: undefined, value: node.items[Number(step)] };
  return isMap(node) ? node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step)) : undefined;
}

/** As an entry of a map, under another key perhaps, with the comments above it. */
export function asPair({ key, value }: MovedNode, name: string): Pair {
  if (isScalar(key) && key.value === name) return new Pair(key, value);
  const renamed = yamlScalar(name);
  takeComments(key ?? value, renamed);
  return new Pair(renamed, value);
}

/** As an item of a list, with the comments above it. */
export function asItem({ key, value }: MovedNode): Node {
  if (key) takeComments(key, value);
  return value;
}

function takeComments(from: Node, to: Node): void {
  Object.assign(to, { commentBefore: from.commentBefore, spaceBefore: from.spaceBefore });
  if (isCollection(from) || isScalar(from) || isAlias(from)) Object.assign(from, { commentBefore: undefined, spaceBefore: undefined });
}

/** The package takes a comment in front of the first entry for one of the collection: gives it to the entry, which may go elsewhere. */
export function giveCommentsToEntries(document: Document): void {
  visit(document, {
    Collection: (_key, node, path) => {
      const [first] = node.items;
      const entry = isPair(first) ? first.key : first;
      // An item of a list has its comment itself, and that of the document is about all of it.
      if (path.length < 2 || isSeq(path.at(-1)) || !node.commentBefore || !isNode(entry) || entry.commentBefore) return;
      entry.commentBefore = node.commentBefore;
      node.commentBefore = null;
    },
  });
}

/** Takes the comment at the head of the document, which the package gives to its first key. */
export function takeHead(document: Document): string | undefined {
  const key = firstKey(document);
  const head = key?.commentBefore ?? undefined;
  if (key) key.commentBefore = null;
  return head;
}

/** Puts it in front of what is the first key now. */
export function putHead(document: Document, head: string | undefined): void {
  const key = firstKey(document);
  if (head !== undefined && key) key.commentBefore = key.commentBefore ? `${head}\n${key.commentBefore}` : head;
}

function firstKey({ contents }: Document): Node | undefined {
  const key = isMap(contents) ? contents.items[0]?.key : undefined;
  return isNode(key) ? key : undefined;
}

/** What was copied, and stays where it was, is marked there: a second anchor of the name would take over from it. */
export function dropDoubleAnchors(document: Document, moved: readonly MovedNode[]): void {
  const counts = new Map<string, number>();
  const each = (root: Node | Document, see: (node: { anchor?: string | undefined }) => void): void =>
    visit(root, {
      Node: (_key, node) => {
        if (!isAlias(node)) see(node as { anchor?: string });
      },
    });
  each(document, ({ anchor }) => {
    if (anchor !== undefined) counts.set(anchor, (counts.get(anchor) ?? 0) + 1);
  });
  for (const { value } of moved)
    each(value, (node) => {
      const { anchor } = node;
      if (anchor === undefined || (counts.get(anchor) ?? 0) < 2) return;
      counts.set(anchor, (counts.get(anchor) ?? 0) - 1);
      delete node.anchor;
    });
}
