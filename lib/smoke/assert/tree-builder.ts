import { NODE, type NodeWords, TreeNode } from './markup-tree.ts';

/** Deeper than any document that people write, and not too deep for the stack of an XPath engine. */
const DEEPEST = 500;

/** Makes a tree of what a parser tells, in the order of the document. Throws Error for a document that is nested too deeply. */
export class TreeBuilder {
  readonly document: TreeNode = new TreeNode(NODE.document, 0, { name: '#document' });
  #open: TreeNode = this.document;
  #depth = 0;
  #count = 1;
  #text = '';

  openElement(words: NodeWords, attributes: readonly NodeWords[]): void {
    if (++this.#depth > DEEPEST) throw new Error(`elements are nested more than ${DEEPEST} deep`);
    const element = this.#append(NODE.element, words);
    for (const attribute of attributes) element.attributes.all.push(this.#attribute(element, attribute));
    this.#open = element;
  }

  closeElement(): void {
    this.#flush();
    this.#depth--;
    this.#open = this.#open.parentNode ?? this.document;
  }

  /** Neighbours become one node. */
  text(text: string): void {
    this.#text += text;
  }

  comment(value: string): void {
    this.#append(NODE.comment, { name: '#comment', value });
  }

  instruction(name: string, value: string): void {
    this.#append(NODE.instruction, { name, value });
  }

  /** Whether the element around all others has ended. */
  isClosed(): boolean {
    return this.#depth === 0 && this.document.documentElement !== null;
  }

  /** The finished tree. */
  end(): TreeNode {
    this.#flush();
    return this.document;
  }

  #flush(): void {
    if (this.#text === '') return;
    const value = this.#text;
    this.#text = '';
    if (this.#open !== this.document) this.#append(NODE.text, { name: '#text', value });
  }

  #append(kind: ConstructorParameters<typeof TreeNode>[0], words: NodeWords): TreeNode {
    this.#flush();
    const node = this.#node(kind, words);
    const parent = this.#open;
    node.parentNode = parent;
    node.previousSibling = parent.lastChild;
    if (parent.lastChild) parent.lastChild.nextSibling = node;
    else parent.firstChild = node;
    parent.lastChild = node;
    return node;
  }

  #attribute(element: TreeNode, words: NodeWords): TreeNode {
    const node = this.#node(NODE.attribute, words);
    node.ownerElement = element;
    return node;
  }

  #node(kind: ConstructorParameters<typeof TreeNode>[0], words: NodeWords): TreeNode {
    const node = new TreeNode(kind, this.#count++, words);
    node.ownerDocument = this.document;
    return node;
  }
}
