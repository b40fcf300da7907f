import { anchored } from '../tree/anchors.ts';
import { keyText } from '../tree/key-text.ts';
import type { MappingNode, YamlNode } from '../tree/nodes.ts';

/** The keys that a mapping takes from others by `<<`, and does not have itself. */
export function mergedKeys(text: string, root: YamlNode, mapping: MappingNode): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<YamlNode>();
  const collect = (node: YamlNode): void => {
    const source = node.type === 'alias' ? anchored(root, node.name, node.start)?.node : node;
    if (!source || seen.has(source)) return;
    seen.add(source);
    if (source.type === 'sequence') source.items.forEach(collect);
    if (source.type !== 'mapping') return;
    for (const { key, value } of source.pairs) {
      const word = keyText(text, key);
      if (word === '<<') collect(value);
      else if (word !== undefined && source !== mapping) keys.add(word);
    }
  };
  collect(mapping);
  return keys;
}
