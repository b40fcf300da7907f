import type { Json } from '../lib/manifests/json.ts';
import { printValue } from '../lib/manifests/print-value.ts';

/**
 * A document as YAML that every reader takes for the same as its JSON, long lines unfolded so that `grep` finds whole sentences.
 * A module of its own so that it can be loaded late: a bundled `await import('yaml')` would yield its CommonJS shape.
 */
export function yamlText(document: unknown): string {
  return printValue(JSON.parse(JSON.stringify(document) ?? 'null') as Json, { blocks: true });
}
