/** Kinds of DOM nodes, by the numbers that XPath engines know them by. */
export const NODE = { element: 1, attribute: 2, text: 3, instruction: 7, comment: 8, document: 9 } as const;
type NodeKind = (typeof NODE)[keyof typeof NODE];

export interface NodeWords {
  readonly name: string;
  readonly localName?: string;
  readonly namespace?: string;
  readonly value?: string;
}

/** As much of a DOM as XPath 1.0 looks at; read-only once a {@link TreeBuilder} has built it. */
export class TreeNode {
  readonly nodeType: NodeKind;
  readonly nodeName: string;
  readonly localName: string | null;
  readonly namespaceURI: string | null;
  readonly nodeValue: string | null;
  /** Its place in the document, from 0. */
  readonly order: number;
  ownerDocument: TreeNode | null = null;
  ownerElement: TreeNode | null = null;
  parentNode: TreeNode | null = null;
  firstChild: TreeNode | null = null;
  lastChild: TreeNode | null = null;
  previousSibling: TreeNode | null = null;
  nextSibling: TreeNode | null = null;
  /** Of elements; of others there are none. */
  readonly attributes: Attributes;

  constructor(nodeType: NodeKind, order: number, { name, localName, namespace, value }: NodeWords) {
    this.nodeType = nodeType;
    this.order = order;
    this.nodeName = name;
    this.localName = localName ?? null;
    this.namespaceURI = namespace ?? null;
    this.nodeValue = value ?? null;
    this.attributes = nodeType === NODE.element ? new Attributes() : NONE;
  }

  get documentElement(): TreeNode | null {
    for (let child = this.firstChild; child !== null; child = child.nextSibling) if (child.nodeType === NODE.element) return child;
    return null;
  }

  /** 2: the other one comes before, 4: it comes behind. */
  compareDocumentPosition(other: TreeNode): number {
    if (other === this) return 0;
    return other.order < this.order ? 2 : 4;
  }

  getAttribute(name: string): string | null {
    return this.attributes.valueOf(({ nodeName }) => nodeName === name);
  }

  getAttributeNS(namespace: string | null, name: string): string | null {
    return this.attributes.valueOf(({ namespaceURI, localName }) => namespaceURI === namespace && localName === name);
  }
}

/** A list as DOM has it: with `item`. */
class Attributes {
  readonly all: TreeNode[] = [];

  get length(): number {
    return this.all.length;
  }

  item(index: number): TreeNode | undefined {
    return this.all[index];
  }

  valueOf(matches: (attribute: TreeNode) => boolean): string | null {
    return this.all.find(matches)?.nodeValue ?? null;
  }
}

const NONE = new Attributes();
