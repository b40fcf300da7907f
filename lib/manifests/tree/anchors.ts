import type { AliasNode, YamlNode } from './nodes.ts';
import { childrenOf, type Step } from './steps.ts';

/** A node and the way to it from the root. */
export interface Placed {
  readonly node: YamlNode;
  readonly steps: readonly Step[];
}

/** What `*name` at `offset` stands for: the last node before it that is marked so. */
export function anchored(root: YamlNode, name: string, offset: number): Placed | undefined {
  let found: Placed | undefined;
  visit(root, [], (node, steps) => {
    if (node.start >= offset) return;
    if (node.properties?.anchor === name) found = { node, steps };
  });
  return found;
}

/** The aliases that take the value of an anchor at `offset`: those behind it, up to the next of the same name. */
export function aliasesOf(root: YamlNode, name: string, offset: number): readonly YamlNode[] {
  const found: YamlNode[] = [];
  let current = -1;
  visit(root, [], (node) => {
    if (node.properties?.anchor === name) current = node.start;
    if (node.type === 'alias' && node.name === name && current === offset) found.push(node);
  });
  return found;
}

/** The first alias that no node before it is marked for. */
export function unresolvedAlias(root: YamlNode): AliasNode | undefined {
  const marked = new Set<string>();
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.properties?.anchor !== undefined) marked.add(node.properties.anchor);
    if (node.type === 'alias' && !marked.has(node.name)) return node;
    if (node.type === 'sequence') for (const item of node.items.toReversed()) pending.push(item);
    if (node.type === 'mapping') for (const { key, value } of node.pairs.toReversed()) pending.push(value, key);
  }
  return undefined;
}

/** The names of all anchors, one that is there twice as often. */
export function anchorsOf(root: YamlNode): readonly string[] {
  const names: string[] = [];
  visit(root, [], ({ properties }) => {
    if (properties?.anchor !== undefined) names.push(properties.anchor);
  });
  return names;
}

function visit(node: YamlNode, steps: readonly Step[], see: (node: YamlNode, steps: readonly Step[]) => void): void {
  see(node, steps);
  for (const { child, step } of childrenOf(node)) visit(child, [...steps, step], see);
}
