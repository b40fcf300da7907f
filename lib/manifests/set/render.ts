import type { FlowStyle } from '../tree/nodes.ts';
import type { Asked, JsonValue } from './asked.ts';
import { isPlainSafe, isSingleQuotable } from './plain-safe.ts';

export interface RenderContext {
  readonly style: FlowStyle;
  readonly inFlow: boolean;
  /** The file is JSON and stays it. */
  readonly json: boolean;
}

/** A value as it stands in the file, on one line. A style that cannot carry a text gives way to double quotes. */
export function render(asked: Asked, { style, inFlow, json }: RenderContext): string {
  if (asked.type === 'number') return json ? jsonNumber(asked) : yamlNumber(asked);
  if (asked.type !== 'string') return renderJson(asked.value, json);
  const { value } = asked;
  if (json) return jsonText(value);
  if (style === 'plain' && isPlainSafe(value, inFlow)) return value;
  if (style === 'single' && isSingleQuotable(value)) return `'${value.replaceAll("'", "''")}'`;
  return doubleQuoted(value);
}

/** A key in the style that a value would have. */
export function renderKey(key: string, context: RenderContext): string {
  return render({ type: 'string', value: key }, context);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\v': '\\v' },
  ...{ '\f': '\\f', '\x1B': '\\e', '\x85': '\\N', '\u2028': '\\L', '\u2029': '\\P' },
};

/** Everything printable stays as it is; the file is read alike by YAML 1.1, to which more characters are line breaks. */
export function doubleQuoted(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return SHORT_ESCAPES[character] ?? (code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`);
  });
  return `"${escaped}"`;
}

/** JSON allows more raw characters than people can see. */
function jsonText(text: string): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\p{Cc}\uFEFF\uFFFE\uFFFF]/gu, escaped);
}

/** Numbers that both YAML versions, and strict readers of 1.1, take for the same; 1.1 wants a point and a sign in `1.0e+3`. */
const ALIKE = /^(?:[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|[-+]?(?:0|[1-9][0-9]*)\.[0-9]*[eE][-+][0-9]+|0x[0-9a-fA-F]+|[-+]?\.inf|\.nan)$/;

function yamlNumber({ text, value }: Extract<Asked, { type: 'number' }>): string {
  if (ALIKE.test(text)) return text;
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function jsonNumber({ text, value }: Extract<Asked, { type: 'number' }>): string {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? text : String(value);
}

/** JSON on one line, with a blank behind each comma and colon. */
function renderJson(value: JsonValue, json: boolean): string {
  if (typeof value === 'string') return json ? jsonText(value) : doubleQuoted(value);
  if (typeof value === 'number' && !json) return yamlNumber({ type: 'number', value, text: String(value) });
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => renderJson(item, json)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${renderJson(key, json)}: ${renderJson(inner, json)}`);
  return `{${pairs.join(', ')}}`;
}
