import type { YamlNode } from '../tree/nodes.ts';

/** How a document indents what is in a mapping, in columns; undefined where there is nothing to tell. */
export interface Layout {
  readonly step?: number;
  /** Of a list; its dashes often stand below the key. */
  readonly listStep?: number;
}

/** The first mapping in a mapping, and the first list in one, tell it for the others. */
export function layoutOf(node: YamlNode, found: Layout = {}): Layout {
  if ((node.type !== 'mapping' && node.type !== 'sequence') || node.flow) return found;
  const values = node.type === 'mapping' ? node.pairs.map(({ value }) => value) : node.items;
  return values.reduce((layout, value) => layoutOf(value, node.type === 'mapping' ? withChild(layout, node.column, value) : layout), found);
}

function withChild(layout: Layout, column: number, value: YamlNode): Layout {
  if ((value.type !== 'mapping' && value.type !== 'sequence') || value.flow) return layout;
  if (value.type === 'mapping') return { step: value.column - column, ...layout };
  return { listStep: value.column - column, ...layout };
}
