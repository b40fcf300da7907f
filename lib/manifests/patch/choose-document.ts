import { fieldOf, isJsonObject, type Json } from '../json.ts';
import type { DocumentSelector } from '../set/options.ts';
import { PatchRefusedError } from './patch-error.ts';

/**
 * The document that is patched: the one that is selected, or that the patch names by its kind and name, or the only one that is not empty.
 * @returns its index @throws PatchRefusedError when there is none, or more than one
 */
export function chooseDocument(values: readonly Json[], patch: Json, selector: DocumentSelector | undefined): number {
  const wanted = selector ?? namedBy(patch, values);
  const found = [...values.keys()].filter((doc) => (wanted ? fits(values[doc] ?? null, doc, wanted) : values[doc] !== null));
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  const what = wanted ? ` ${labelOfSelector(wanted)}` : '';
  const why = found.length === 0 ? `there is no document${what}` : `${found.length} documents could be meant: ${found.join(', ')}`;
  const all = values.map((value, doc) => `${doc}${labelOf(value)}`).join(', ');
  throw new PatchRefusedError(`nothing was patched: ${why}`, {
    hint: values.length === 0 ? 'the file is empty' : `choose one with --doc; the file has the documents ${all}`,
  });
}

/** A patch that says what it is for, as those of kustomize do, in a file that has several. */
function namedBy(patch: Json, values: readonly Json[]): DocumentSelector | undefined {
  const kind = fieldOf(patch, 'kind');
  const name = fieldOf(fieldOf(patch, 'metadata'), 'name');
  return values.length > 1 && typeof kind === 'string' && typeof name === 'string' ? { kind, name } : undefined;
}

function fits(value: Json, doc: number, selector: DocumentSelector): boolean {
  if ('index' in selector) return doc === selector.index;
  const { kind, name } = identityOf(value);
  return String(kind).toLowerCase() === selector.kind.toLowerCase() && name === selector.name;
}

function labelOfSelector(selector: DocumentSelector): string {
  return 'index' in selector ? String(selector.index) : `${selector.kind}/${selector.name}`;
}

function labelOf(value: Json): string {
  const { kind, name } = identityOf(value);
  return kind === undefined || name === undefined ? '' : ` (${String(kind)}/${String(name)})`;
}

function identityOf(value: Json): { readonly kind: Json | undefined; readonly name: Json | undefined } {
  const metadata = fieldOf(value, 'metadata');
  return { kind: fieldOf(value, 'kind'), name: isJsonObject(metadata) ? metadata.name : undefined };
}
