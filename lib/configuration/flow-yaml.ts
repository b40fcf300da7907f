import { parse } from 'yaml';

/** A value as one line of YAML: `[a, "1"]`, `{ name: dev }`. Texts are quoted where they would be read as something else. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(', ')}]`;
  if (typeof value === 'string') return textYaml(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).map(([word, inner]) => `${textYaml(word)}: ${flowYaml(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** JSON's quotes are YAML's as well. */
function textYaml(text: string): string {
  const isPlain = /^[A-Za-z/][\w./:@+=-]*$/.test(text) && !text.endsWith(':') && parse(text) === text;
  return isPlain ? text : JSON.stringify(text);
}
