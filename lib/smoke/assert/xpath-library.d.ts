import type { TreeNode } from './markup-tree.ts';

interface XPathResult {
  stringValue(): string;
  numberValue(): number;
  booleanValue(): boolean;
}

export class XNumber {
  numberValue(): number;
}

export class XBoolean {
  booleanValue(): boolean;
}

export class XNodeSet {
  toUnsortedArray(): TreeNode[];
  stringForNode(node: TreeNode): string | null;
}

export interface XPathExpression {
  evaluate(options: { readonly node: TreeNode; readonly isHtml: boolean }): XPathResult;
}

/** @throws Error for what is no expression of XPath 1.0 */
export function parse(expression: string): XPathExpression;
