import { isBlockScalar, type YamlNode } from '../tree/nodes.ts';
import { bodyRange } from './block-text.ts';

/**
 * Does the node end in a block scalar that the text ends with, and no line break? Some readers give that value one, and some (PyYAML) do not:
 * lines behind it would change it for them. With `-` in its header it has none for anybody.
 */
export function endsOpen(text: string, node: YamlNode): boolean {
  if (isBlockScalar(node)) {
    const isText = node.contentEnd > node.bodyStart;
    return isText && !bodyRange(text, node).ended && !text.slice(node.start, node.headerEnd).includes('-');
  }
  const last = node.type === 'mapping' ? node.pairs.at(-1)?.value : node.type === 'sequence' ? node.items.at(-1) : undefined;
  return last !== undefined && endsOpen(text, last);
}
