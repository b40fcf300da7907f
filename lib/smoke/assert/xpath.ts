import type { TreeNode } from './markup-tree.ts';
import { parseHtml, parseXml } from './parse-markup.ts';
import { parse, XBoolean, XNodeSet, XNumber } from './xpath-library.js';

export type XPathValue =
  | { readonly kind: 'nodes'; readonly texts: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** A document that expressions are evaluated on. */
export interface Markup {
  readonly document: TreeNode;
  readonly html: boolean;
}

export interface XPath {
  evaluate(markup: Markup): XPathValue;
}

/** XML and HTML by the content type, or by how the text begins where that does not say. Throws Error for XML that is not well formed. */
export function parseMarkup(text: string, contentType: string | undefined): Markup {
  const html = isHtml(text, contentType);
  return { document: html ? parseHtml(text) : parseXml(text), html };
}

function isHtml(text: string, contentType = ''): boolean {
  if (/^text\/html\b/i.test(contentType)) return true;
  if (/[/+]xml\b/i.test(contentType)) return false;
  return !/^\uFEFF?\s*<\?xml/.test(text) && /^\uFEFF?\s*(<!doctype\s+html|<html)\b/i.test(text);
}

/** @throws Error for what is no expression of XPath 1.0 */
export function parseXPath(expression: string): XPath {
  const parsed = parse(expression);
  return { evaluate: ({ document, html }) => xpathValue(parsed.evaluate({ node: document, isHtml: html })) };
}

function xpathValue(result: ReturnType<ReturnType<typeof parse>['evaluate']>): XPathValue {
  if (result instanceof XNodeSet)
    return { kind: 'nodes', texts: inOrder(result.toUnsortedArray()).map((node) => result.stringForNode(node) ?? '') };
  if (result instanceof XNumber) return { kind: 'number', value: result.numberValue() };
  if (result instanceof XBoolean) return { kind: 'boolean', value: result.booleanValue() };
  return { kind: 'text', text: result.stringValue() };
}

function inOrder(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return [...nodes].sort((a, b) => a.order - b.order);
}
