import type { DocumentNode, YamlNode } from '../tree/nodes.ts';
import { nodesAlong, type Step } from '../tree/steps.ts';

/** A part of the text that reads by itself as it does in the whole, and the way to a node in it. */
export interface Window {
  readonly start: number;
  readonly end: number;
  /** Of the documents that the part reads as. */
  readonly document: number;
  readonly steps: readonly Step[];
}

/** What a parser reads twice, in two versions, in a few milliseconds. */
const LARGEST_WINDOW = 16_384;

interface Wanted {
  readonly document: number;
  /** From the root of the document to the node. */
  readonly steps: readonly Step[];
  /** Characters that are no longer looked for a smaller part of. */
  readonly largest?: number;
}

/**
 * The part of the text that an edit of the node at `steps` is proved in: all of it, or of a large one the first entry on the way that is small.
 * An entry of a block collection ends where the next of its column begins, whatever is in it: it reads alone as it does among the others.
 */
export function windowAround(
  text: string,
  documents: readonly DocumentNode[],
  { document: index, steps, largest = LARGEST_WINDOW }: Wanted,
): Window {
  // A byte order mark is no part of what is read; the parser would count it as a column.
  const whole = { start: text.startsWith('\uFEFF') ? 1 : 0, end: text.length, document: index, steps };
  const document = documents[index];
  // A directive gives tags another meaning in all of its document.
  if (!document || text.length <= largest || document.directives) return whole;
  let end = document.end;
  let best: Window | undefined;
  for (const [depth, node] of nodesAlong(document.root, steps).slice(0, steps.length).entries()) {
    const entry = entryAt(text, node, steps[depth]);
    if (!entry) break;
    end = entry.end ?? end;
    const inside = [{ to: steps[depth]?.to ?? 'item', index: 0 }, ...steps.slice(depth + 1)];
    if (entry.clean) best = { start: entry.start, end, document: 0, steps: inside };
    if (best && best.end - best.start <= largest) break;
  }
  return best ?? whole;
}

/** The part of the text that another entry at the end of a collection is proved in: what surrounds its last one, which it comes behind. */
export function windowAtEnd(text: string, documents: readonly DocumentNode[], { document, steps, ...size }: Wanted): Window {
  const root = documents[document]?.root;
  const node = root && nodesAlong(root, steps).at(-1);
  const last = node?.type === 'mapping' ? node.pairs.length - 1 : node?.type === 'sequence' ? node.items.length - 1 : -1;
  if (last < 0) return windowAround(text, documents, { document, steps, ...size });
  const to = node?.type === 'mapping' ? 'value' : 'item';
  const window = windowAround(text, documents, { document, steps: [...steps, { to, index: last }], ...size });
  return { ...window, steps: window.steps.slice(0, -1) };
}

interface Entry {
  readonly start: number;
  /** Undefined for the last of its collection. */
  readonly end: number | undefined;
  /** Nothing but blanks stands before it on its line. */
  readonly clean: boolean;
}

function entryAt(text: string, node: YamlNode, step: Step | undefined): Entry | undefined {
  if ((node.type !== 'mapping' && node.type !== 'sequence') || node.flow || !step) return undefined;
  const offset = offsetOf(node, step.index);
  if (offset === undefined) return undefined;
  const start = lineStartOf(text, offset);
  const next = offsetOf(node, step.index + 1);
  return { start, end: next && lineStartOf(text, next), clean: /^ *$/.test(text.slice(start, offset)) };
}

function offsetOf(node: YamlNode, index: number): number | undefined {
  if (node.type === 'sequence') return node.dashes[index];
  const key = node.type === 'mapping' ? node.pairs[index]?.key : undefined;
  return key?.properties?.start ?? key?.start;
}

export function lineStartOf(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}
