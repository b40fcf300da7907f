import { stringify } from 'yaml';

/**
 * A document as YAML, long lines unfolded so that `grep` finds whole sentences.
 * A module of its own so that it can be loaded late: a bundled `await import('yaml')` would yield its CommonJS shape.
 */
export function yamlText(document: unknown): string {
  return stringify(document, { lineWidth: 0 });
}
