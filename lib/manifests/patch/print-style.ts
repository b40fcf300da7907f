import type { ToStringOptions } from 'yaml';
import type { YamlNode } from '../tree/nodes.ts';

/** How the yaml package is to print a document, so that it looks as the document does. */
export function printStyleOf(text: string, root: YamlNode): ToStringOptions {
  const found = layoutOf(root, {});
  return {
    lineWidth: 0,
    indent: Math.max(found.step ?? 2, 1),
    indentSeq: found.indentSeq ?? false,
    flowCollectionPadding: /\{ \S/.test(text),
  };
}

interface Layout {
  /** Columns that a map in a map is indented. */
  readonly step?: number;
  /** Whether a list in a map is indented. */
  readonly indentSeq?: boolean;
}

/** The first map in a map, and the first list in a map, tell it for the others. */
function layoutOf(node: YamlNode, found: Layout): Layout {
  if ((node.type !== 'mapping' && node.type !== 'sequence') || node.flow) return found;
  const values = node.type === 'mapping' ? node.pairs.map(({ value }) => value) : node.items;
  return values.reduce((layout, value) => layoutOf(value, node.type === 'mapping' ? withChild(layout, node.column, value) : layout), found);
}

function withChild(layout: Layout, column: number, value: YamlNode): Layout {
  if ((value.type !== 'mapping' && value.type !== 'sequence') || value.flow) return layout;
  if (value.type === 'mapping') return { step: value.column - column, ...layout };
  return { indentSeq: value.column > column, ...layout };
}
