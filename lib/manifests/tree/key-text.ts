import { CST } from 'yaml';
import type { YamlNode } from './nodes.ts';

const TOKEN_TYPES = { plain: 'scalar', single: 'single-quoted-scalar', double: 'double-quoted-scalar' } as const;

/** A key as its text, whatever type it would have as a value; undefined for one that has none, such as a list or an alias. */
export function keyText(text: string, key: YamlNode): string | undefined {
  if (key.type === 'empty') return '';
  if (key.type !== 'scalar' || key.style === 'literal' || key.style === 'folded') return undefined;
  const source = text.slice(key.start, key.end);
  if (key.style === 'plain' && !source.includes('\n')) return source;
  if (key.style !== 'plain' && !/[\\\n]|''/.test(source)) return source.slice(1, -1);
  return CST.resolveAsScalar({ type: TOKEN_TYPES[key.style], offset: 0, indent: 0, source }, true, () => {})?.value;
}
