import { parseDocument } from 'yaml';

export type YamlResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly where: string };

/**
 * Parses YAML (or JSON). Of an error only line and code are kept: the parser's messages quote the file, and a kubeconfig holds tokens.
 * A module of its own so that it can be loaded late: a bundled `await import('yaml')` would yield its CommonJS shape.
 */
export function parseYaml(text: string): YamlResult {
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (!problem) return { ok: true, value: document.toJS() };
  const line = problem.linePos?.[0].line;
  return { ok: false, where: line === undefined ? problem.code : `line ${line}: ${problem.code}` };
}
