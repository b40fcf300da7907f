import { Document, Scalar, visit } from 'yaml';
import type { Value } from './json.ts';
import { yamlNode } from './patch/yaml-node.ts';

/** What JSON's escapes leave out, and what YAML 1.1 takes for the end of a line or no reader for a character: all of it stands in double quotes. */
const UNPRINTABLE = /[\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

/**
 * A value as block YAML that both versions read alike, its long lines unfolded: texts that one of them would take for something else are quoted.
 * @param blocks texts of several lines may be block scalars, where those say exactly the text
 */
export function printValue(value: Value, { blocks }: { readonly blocks: boolean }): string {
  const document = new Document(null, { schema: 'failsafe' });
  document.contents = yamlNode(value);
  if (!blocks) visit(document, { Scalar: (_key, scalar) => void quoteBlock(scalar) });
  return document.toString({ lineWidth: 0 }).replaceAll(UNPRINTABLE, escaped);
}

function quoteBlock(scalar: Scalar): void {
  if (scalar.type === Scalar.BLOCK_LITERAL) scalar.type = Scalar.QUOTE_DOUBLE;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
