import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isValueMap, type Value } from '../json.ts';
import { isBlockPrintable, isPlainSafe } from '../set/plain-safe.ts';
import { render } from '../set/render.ts';

type Node = Scalar | YAMLMap | YAMLSeq;

/** A value as nodes of a document that was read with the failsafe schema, in which every scalar is the text that stands in the file. */
export function yamlNode(value: Value): Node {
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    for (const item of value) list.add(yamlNode(item));
    return list;
  }
  if (!isValueMap(value)) return yamlScalar(value);
  const map = new YAMLMap();
  for (const [key, field] of Object.entries(value)) if (field !== undefined) map.items.push(new Pair(yamlScalar(key), yamlNode(field)));
  return map;
}

/** @param style how the value that it replaces was quoted, which a text keeps */
export function yamlScalar(value: string | number | bigint | boolean | null, style?: Scalar.Type): Scalar {
  const text = typeof value === 'string' ? value : plainText(value);
  const scalar = new Scalar(text);
  scalar.type = typeof value === 'string' ? styleOf(value, style) : Scalar.PLAIN;
  return scalar;
}

function plainText(value: number | bigint | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  return render({ type: 'number', value, text: String(value) }, { style: 'plain', inFlow: false, json: false });
}

function styleOf(text: string, style: Scalar.Type | undefined): Scalar.Type {
  if (style === Scalar.QUOTE_DOUBLE || style === Scalar.QUOTE_SINGLE) return style;
  // libyaml takes a tab at the beginning of a block for indentation, and refuses the file.
  if (/\n/.test(text) && !text.startsWith('\t') && isBlockPrintable(text) && !/^[ \n]|[ \t]$/m.test(text)) return Scalar.BLOCK_LITERAL;
  return isPlainSafe(text, true) || (isPlainSafe(text, false) && !/^[-?:]/.test(text)) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
}
