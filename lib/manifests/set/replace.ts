import { aliasesOf } from '../tree/anchors.ts';
import { lineAt } from '../tree/line-at.ts';
import type { DocumentNode, YamlNode } from '../tree/nodes.ts';
import { nodesAlong, type Step } from '../tree/steps.ts';
import type { Asked } from './asked.ts';
import { jsonSubject } from './json-subject.ts';
import type { Edit, SetOptions } from './options.ts';
import { refusal } from './refusal.ts';
import { growthOf, type Splice } from './splice.ts';
import type { Subject } from './subject.ts';
import { fittedTo, tagAllows } from './tags.ts';
import { type Window, windowAround, windowAtEnd } from './window.ts';
import { waysToWrite } from './write.ts';
import { yamlSubject } from './yaml-subject.ts';

/** A value that is there and is to be another. */
export interface Replacement {
  readonly edit: Edit;
  readonly doc: number;
  readonly node: YamlNode;
  readonly steps: readonly Step[];
}

/** Where an edit is made: a text, and the documents as they stood in `original`, whose part up to the edit is the text's as well. */
export interface Scene {
  readonly text: string;
  readonly original: string;
  readonly documents: readonly DocumentNode[];
  /** What was spliced in behind the edit already. */
  readonly applied: readonly Splice[];
  readonly json: boolean;
}

/** The node that an edit is about, as a parser sees it. @throws RefusedError when the parser cannot read its surroundings */
export function subjectAt(scene: Scene, path: string, doc: number, steps: readonly Step[]): Subject {
  return subjectIn(scene, path, { doc, steps, window: windowAround(scene.original, scene.documents, { document: doc, steps }) });
}

/** The same for a collection that an entry is to be added to. */
export function growingSubjectAt(scene: Scene, path: string, doc: number, steps: readonly Step[]): Subject {
  return subjectIn(scene, path, { doc, steps, window: windowAtEnd(scene.original, scene.documents, { document: doc, steps }) });
}

interface Target {
  readonly doc: number;
  readonly steps: readonly Step[];
  readonly window: Window;
}

function subjectIn({ text, documents, applied, json }: Scene, path: string, { doc, steps, window }: Target): Subject {
  const root = documents[doc]?.root;
  if (json && root) return certain(path, jsonSubject(text, { root, steps }));
  const shift = applied.filter(({ start }) => start < window.end).reduce((sum, splice) => sum + growthOf(splice), 0);
  return certain(path, yamlSubject(text, { ...window, end: window.end + shift }));
}

function certain(path: string, subject: Subject | undefined): Subject {
  if (subject) return subject;
  throw refusal(path, 'its surroundings cannot be read with certainty', 'correct the file first');
}

/**
 * The splice that writes the value, proved; undefined when it is there already.
 * @throws RefusedError when no way to write it is certain to change the value and nothing else
 */
export function replacementSplice(
  scene: Scene,
  { edit, doc, node, steps }: Replacement,
  subject: Subject,
  options: SetOptions,
): Splice | undefined {
  const { path, asked } = edit;
  assertMayReplace(path, node, asked, { text: scene.original, options });
  if (node.type !== 'alias' && subject.is(asked)) return undefined;
  assertIsScalar(path, node, asked, scene.original);
  const nodes = nodesAlong(scene.documents[doc]?.root ?? node, steps);
  const inFlow = nodes.slice(0, -1).some((each) => (each.type === 'mapping' || each.type === 'sequence') && each.flow);
  const context = { inFlow, json: scene.json, colon: hasColon(nodes.at(-2), steps.at(-1)) };
  const fitted = fittedTo(node.properties?.tag, asked);
  const proved = waysToWrite(scene.text, node, fitted, context).find((way) => subject.proves(way, { kind: 'value', asked }));
  if (proved) return proved;
  throw refusal(path, 'no way of writing it changes this value and nothing else', 'edit it by hand');
}

function hasColon(parent: YamlNode | undefined, step: Step | undefined): boolean {
  return parent?.type === 'mapping' && step ? (parent.pairs[step.index]?.colon ?? true) : true;
}

function assertMayReplace(
  path: string,
  node: YamlNode,
  asked: Asked,
  { text, options }: { readonly text: string; readonly options: SetOptions },
): void {
  if (node.type === 'alias' && options.aliases !== 'replace')
    throw refusal(
      path,
      `it is the alias *${node.name}`,
      options.aliases === 'never'
        ? `change it where &${node.name} is, or write the value out in place of the alias`
        : 'add --follow-aliases to change what it stands for, or --replace-alias to write the value here',
    );
  if (!tagAllows(node.properties?.tag, asked))
    throw refusal(path, `a ${asked.type} contradicts its tag ${node.properties?.tag}`, 'change the tag by hand first');
  if (node.type === 'scalar' && /(?<!\$)\{\{.*\}\}/s.test(text.slice(node.start, node.end)))
    throw refusal(path, 'it is a template that has not been rendered, by its {{ }}', 'edit it by hand, or set what it is rendered from');
}

/** A list in brackets may become another, as long as it holds nothing but values. */
function assertIsScalar(path: string, node: YamlNode, asked: Asked, text: string): void {
  if (node.type !== 'mapping' && node.type !== 'sequence') return;
  const what = node.type === 'mapping' ? 'a mapping' : 'a list';
  if (!node.flow || asked.type !== 'collection') throw refusal(path, `${what} is there`, 'give the path of a value in it');
  if (/[#&*!]/.test(text.slice(node.start, node.end)))
    throw refusal(path, `${what} with a comment, an anchor or a tag may be there`, 'edit it by hand');
}

/** Quotes were put there so that the value stays a text. */
export function losesQuotes({ edit: { path, asked }, node }: Replacement): string | undefined {
  const quoted = node.type === 'scalar' && (node.style === 'single' || node.style === 'double');
  if (!quoted || node.start + 2 === node.end || (asked.type !== 'number' && asked.type !== 'boolean')) return undefined;
  return `${path}: it was a text in quotes, and is a ${asked.type} now; add --string to keep it a text`;
}

/** Who else gets the value, because it is marked for others to use. */
export function sharedBy({ documents, original }: Scene, { edit, doc, node }: Replacement): string | undefined {
  const anchor = node.properties?.anchor;
  const root = documents[doc]?.root;
  const users = anchor !== undefined && root ? aliasesOf(root, anchor, node.start) : [];
  if (users.length === 0) return undefined;
  const lines = users.map(({ start }) => lineAt(original, start));
  return `${edit.path}: the value is marked &${anchor}, and is used in line ${lines.join(', ')} as well`;
}
