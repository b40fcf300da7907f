import type { ToStringOptions } from 'yaml';
import { layoutOf } from '../set/layout.ts';
import type { YamlNode } from '../tree/nodes.ts';

/** How the yaml package is to print a document, so that it looks as the document does. */
export function printStyleOf(text: string, root: YamlNode): ToStringOptions {
  const { step = 2, listStep = 0 } = layoutOf(root);
  return { lineWidth: 0, indent: Math.max(step, 1), indentSeq: listStep > 0, flowCollectionPadding: /\{ \S/.test(text) };
}
