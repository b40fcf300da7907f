import { behindBreak, lineEnd } from '../tree/cursor.ts';
import { isBlockScalar, type YamlNode } from '../tree/nodes.ts';
import { bodyRange } from './block-text.ts';

/** The line behind the last one that has something of the node on it. */
export function behindContent(text: string, node: YamlNode): number {
  const last = node.type === 'mapping' ? node.pairs.at(-1)?.value : node.type === 'sequence' ? node.items.at(-1) : undefined;
  if (last && (node.type === 'mapping' || node.type === 'sequence') && !node.flow) return behindContent(text, last);
  if (isBlockScalar(node)) return bodyRange(text, node).end;
  return behindBreak(text, lineEnd(text, node.end));
}
