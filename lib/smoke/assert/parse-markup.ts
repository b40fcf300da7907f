import { Parser } from 'htmlparser2';
import sax from 'sax';
import type { NodeWords, TreeNode } from './markup-tree.ts';
import { TreeBuilder } from './tree-builder.ts';

/**
 * The tree of an XML document. Entities of its own are not expanded but errors, so that a small document cannot grow; nothing is fetched.
 * @throws Error that says where it is not well formed
 */
export function parseXml(text: string): TreeNode {
  const builder = new TreeBuilder();
  const parser = sax.parser(true, { xmlns: true, position: true });
  parser.onerror = (error) => {
    throw new Error(`${firstLine(error.message)} (line ${parser.line + 1})`);
  };
  parser.onopentag = (tag) => {
    if (builder.isClosed()) throw new Error(`there is a second element beside the first (line ${parser.line + 1})`);
    const { uri, local } = tag as sax.QualifiedTag;
    builder.openElement(
      wordsOf({ name: tag.name, local, uri }),
      Object.values(tag.attributes as sax.QualifiedTag['attributes']).map(wordsOf),
    );
  };
  parser.onclosetag = () => builder.closeElement();
  parser.ontext = (value) => builder.text(value);
  parser.oncdata = (value) => builder.text(value);
  parser.oncomment = (value) => builder.comment(value);
  parser.onprocessinginstruction = ({ name, body }) => {
    if (name !== 'xml') builder.instruction(name, body);
  };
  parser.write(text.replace(/^\uFEFF/, '')).close();
  const document = builder.end();
  if (document.documentElement === null) throw new Error('there is no element in it');
  return document;
}

function wordsOf({ name, local, uri, value }: { name: string; local: string; uri: string; value?: string }): NodeWords {
  return { name, localName: local, ...(uri !== '' && { namespace: uri }), ...(value !== undefined && { value }) };
}

/** The tree of an HTML page, however untidy; names are in lower case. */
export function parseHtml(text: string): TreeNode {
  const builder = new TreeBuilder();
  const parser = new Parser({
    onopentag: (name, attributes) =>
      builder.openElement(
        { name, localName: name },
        Object.entries(attributes).map(([attribute, value]) => ({ name: attribute, localName: attribute, value })),
      ),
    onclosetag: () => builder.closeElement(),
    ontext: (value) => builder.text(value),
    oncomment: (value) => builder.comment(value),
  });
  parser.write(text);
  parser.end();
  return builder.end();
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
