import { RefusedError } from '../../platform/errors.ts';
import { keyText } from '../tree/key-text.ts';
import type { DocumentNode, YamlNode } from '../tree/nodes.ts';
import { type Located, type LocateOptions, locate } from './locate.ts';
import type { DocumentSelector, Edit, SetOptions } from './options.ts';
import { refusal } from './refusal.ts';

export interface Chosen {
  readonly doc: number;
  readonly located: Located;
}

/**
 * The documents of the text in which an edit is made, with what its path leads to there: the one that is selected, or the only one that has it.
 * @throws RefusedError when there is none, or several and nobody said all
 */
export function chooseDocuments(text: string, documents: readonly DocumentNode[], edit: Edit, options: SetOptions): readonly Chosen[] {
  const candidates = selected(text, documents, options.document);
  const aliases: LocateOptions = { followAliases: options.aliases === 'follow', neverFollows: options.aliases === 'never' };
  const all = candidates.map((doc): Chosen => ({ doc, located: locateIn(text, documents[doc], edit, aliases) }));
  const [only, ...others] = all;
  if (only && others.length === 0) return [only];
  const there = all.filter(({ located: { found } }) => found === 'node' || found === 'list' || found === 'refused');
  if (there.length > 1 && !options.allDocuments)
    throw refusal(
      edit.path,
      `it is in ${there.length} documents: ${there.map(({ doc }) => doc).join(', ')}`,
      'choose one with --doc, or add --all-docs',
    );
  if (there.length > 0) return there;
  throw refusal(
    edit.path,
    `none of the ${all.length} documents has it`,
    'choose one with --doc and add --create to make it there, or correct the path',
  );
}

function locateIn(text: string, document: DocumentNode | undefined, edit: Edit, aliases: LocateOptions): Located {
  if (!document) return { found: 'nothing', why: 'there is no such document', depth: 0 };
  return locate(text, document, edit.segments, aliases);
}

function selected(text: string, documents: readonly DocumentNode[], selector: DocumentSelector | undefined): readonly number[] {
  const all = [...documents.keys()];
  if (!selector) return all;
  const what = 'index' in selector ? String(selector.index) : `${selector.kind}/${selector.name}`;
  const found = all.filter((doc) => ('index' in selector ? doc === selector.index : isNamed(text, documents[doc]?.root, selector)));
  if (found.length === 1) return found;
  const hint = `the file has the documents ${documents.map(({ root }, doc) => `${doc}${labelOf(text, root)}`).join(', ')}`;
  throw new RefusedError(
    found.length === 0
      ? `nothing was set: there is no document ${what}`
      : `nothing was set: ${found.length} documents are ${what}: ${found.join(', ')}`,
    { hint: documents.length === 0 ? 'the file is empty' : hint },
  );
}

function isNamed(text: string, root: YamlNode | undefined, { kind, name }: { readonly kind: string; readonly name: string }): boolean {
  if (!root) return false;
  return textAt(text, root, ['kind'])?.toLowerCase() === kind.toLowerCase() && textAt(text, root, ['metadata', 'name']) === name;
}

function labelOf(text: string, root: YamlNode): string {
  const kind = textAt(text, root, ['kind']);
  const name = textAt(text, root, ['metadata', 'name']);
  return kind !== undefined && name !== undefined ? ` (${kind}/${name})` : '';
}

/** A scalar by the keys that lead to it. */
function textAt(text: string, root: YamlNode, keys: readonly string[]): string | undefined {
  let node: YamlNode | undefined = root;
  for (const key of keys) {
    if (node?.type !== 'mapping') return undefined;
    node = node.pairs.find((pair) => keyText(text, pair.key) === key)?.value;
  }
  return node?.type === 'scalar' ? keyText(text, node) : undefined;
}
