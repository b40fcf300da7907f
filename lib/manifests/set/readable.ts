import { LineCounter, parseAllDocuments } from 'yaml';
import { BadInputError, type NightshiftError, RefusedError } from '../../platform/errors.ts';
import { unresolvedAlias } from '../tree/anchors.ts';
import { ScanFailure } from '../tree/cursor.ts';
import { lineAt } from '../tree/line-at.ts';
import type { DocumentNode } from '../tree/nodes.ts';
import { scanYaml } from '../tree/scan.ts';
import { parsed } from './json-subject.ts';

const TOO_DEEP = 'it is nested too deeply';
const UNRENDERED = 'it is a template that has not been rendered, by its {{ }}';

/**
 * The documents of a file's text.
 * @throws BadInputError when it is no YAML (or JSON); RefusedError when it is, and cannot be edited safely
 */
export function readableDocuments(text: string, json: boolean): readonly DocumentNode[] {
  if (json && parsed(text) === undefined)
    throw new BadInputError('the file cannot be read: it is no JSON', { hint: 'correct it first; comments are no part of JSON' });
  try {
    const documents = scanYaml(text);
    if (text.includes('{{') && documents.some(({ root }) => hasTemplate(text, root)))
      throw refused(UNRENDERED, 'edit what it is rendered from');
    if (!json && text.includes('*')) assertResolved(text, documents);
    return documents;
  } catch (error) {
    if (error instanceof RangeError) throw refused(TOO_DEEP, 'edit it by hand');
    throw error instanceof ScanFailure ? explained(text, error) : error;
  }
}

/** No reader takes a file with an alias that stands for nothing, whatever is set in the rest of it. */
function assertResolved(text: string, documents: readonly DocumentNode[]): void {
  for (const { root } of documents) {
    const alias = unresolvedAlias(root);
    if (alias)
      throw refused(
        `line ${lineAt(text, alias.start)} uses the alias *${alias.name}, and nothing before it in its document is marked &${alias.name}`,
        'correct the alias first',
      );
  }
}

function refused(why: string, hint: string): RefusedError {
  return new RefusedError(`the file was not changed: ${why}`, { hint });
}

/** Our reader knows less than YAML has: the parser tells whether it is the file's fault. */
function explained(text: string, { offset, message }: ScanFailure): NightshiftError {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const [error] = 'empty' in documents ? [] : documents.flatMap(({ errors }) => errors);
  if (error && /call stack/i.test(error.message)) return refused(TOO_DEEP, 'edit it by hand');
  if (/\{\{[^{}]*\}\}/.test(text) && error) return refused(UNRENDERED, 'edit what it is rendered from');
  const line = error ? lines.linePos(error.pos[0]).line : lineAt(text, offset);
  if (error)
    return new BadInputError(`the file cannot be read, line ${line}: ${error.message}`, { cause: error, hint: 'correct the file first' });
  return refused(
    `line ${line} is written in a way that is not edited safely: ${message}`,
    'edit it by hand, or write that line in a plainer way',
  );
}

/** `{{ x }}` without quotes reads as a mapping in a mapping, which nobody means. */
function hasTemplate(text: string, root: DocumentNode['root']): boolean {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'mapping' && node.flow && text.startsWith('{{', node.start)) return true;
    if (node.type === 'sequence') pending.push(...node.items);
    if (node.type === 'mapping') for (const { key, value } of node.pairs) pending.push(key, value);
  }
  return false;
}
