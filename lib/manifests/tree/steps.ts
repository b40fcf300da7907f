import type { YamlNode } from './nodes.ts';

/** From a collection to one of its nodes: the value, or the key, of its nth pair, or its nth item. */
export interface Step {
  readonly to: 'value' | 'key' | 'item';
  readonly index: number;
}

export function childrenOf(node: YamlNode): readonly { readonly child: YamlNode; readonly step: Step }[] {
  if (node.type === 'sequence') return node.items.map((child, index) => ({ child, step: { to: 'item', index } }));
  if (node.type !== 'mapping') return [];
  return node.pairs.flatMap(({ key, value }, index) => [
    { child: key, step: { to: 'key', index } as const },
    { child: value, step: { to: 'value', index } as const },
  ]);
}

/** The nodes on the way, the root first; it ends where a step leads nowhere. */
export function nodesAlong(root: YamlNode, steps: readonly Step[]): readonly YamlNode[] {
  const nodes = [root];
  let node: YamlNode | undefined = root;
  for (const step of steps) {
    node = node && stepFrom(node, step);
    if (node) nodes.push(node);
  }
  return nodes;
}

function stepFrom(node: YamlNode, { to, index }: Step): YamlNode | undefined {
  if (node.type === 'sequence') return node.items[index];
  return node.type === 'mapping' && to !== 'item' ? node.pairs[index]?.[to] : undefined;
}
