import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from 'yaml';
import type { DocumentNode, YamlNode } from '../../../lib/manifests/tree/nodes.ts';

/** A tree as lists: what every node is, its style and its anchor, and where every scalar begins. */
export type Shape = readonly unknown[];

const STYLES: Readonly<Record<string, string>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** What the yaml package sees in a text; undefined when it finds anything wrong. */
export function packageShape(text: string): Shape | undefined {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const parsed = parseAllDocuments(text.slice(mark), { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const documents = 'empty' in parsed ? [] : parsed;
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map(({ contents }) => packageNode(contents, mark));
}

function packageNode(node: unknown, shift: number): Shape {
  if (isAlias(node)) return ['alias', node.source];
  if (isMap(node))
    return [
      'mapping',
      Boolean(node.flow),
      ...marks(node),
      node.items.map(({ key, value }) => [packageNode(key, shift), packageNode(value, shift)]),
    ];
  if (isSeq(node)) return ['sequence', Boolean(node.flow), ...marks(node), node.items.map((item) => packageNode(item, shift))];
  if (!isScalar(node) || isEmpty(node)) return ['empty', ...(isScalar(node) ? marks(node) : [null, false])];
  return [STYLES[node.type ?? ''], ...marks(node), (node.range?.[0] ?? 0) + shift];
}

function isEmpty(scalar: Scalar): boolean {
  return scalar.type === undefined || (scalar.type === 'PLAIN' && scalar.source === '');
}

function marks(node: Node & { anchor?: string }): readonly unknown[] {
  return [node.anchor ?? null, node.tag !== undefined];
}

/** What our reader sees. */
export function ourShape(documents: readonly DocumentNode[]): Shape {
  return documents.map(({ root }) => ourNode(root));
}

function ourNode(node: YamlNode): Shape {
  const own = [node.properties?.anchor ?? null, node.properties?.tag !== undefined];
  if (node.type === 'alias') return ['alias', node.name];
  if (node.type === 'mapping') return ['mapping', node.flow, ...own, node.pairs.map(({ key, value }) => [ourNode(key), ourNode(value)])];
  if (node.type === 'sequence') return ['sequence', node.flow, ...own, node.items.map(ourNode)];
  return node.type === 'empty' ? ['empty', ...own] : [node.style, ...own, node.start];
}
