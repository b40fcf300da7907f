import { gapOf, lineBreakOf, stepsOf } from '../set/grow.ts';
import { blockText } from '../set/new-entry.ts';
import { type RenderContext, renderKey } from '../set/render.ts';
import type { Splice } from '../set/splice.ts';
import type { MappingNode, SequenceNode, YamlNode } from '../tree/nodes.ts';
import type { Addition, Steps } from './changes.ts';
import { behindEntry, entryOf, linesOf, nodeAt } from './entry.ts';
import { askedOf } from './exact-edits.ts';
import { insertionInBrackets } from './insert-in-brackets.ts';
import type { Original } from './original.ts';
import { rewrittenEntry } from './rewritten-entry.ts';
import { writtenEntry } from './written-entry.ts';

const RENDER: RenderContext = { style: 'plain', inFlow: false, json: false };

/** A document as the changes so far have made it. */
export interface Scene extends Original {
  readonly json: boolean;
}

/**
 * The splice that puts an entry into a collection, in lines of its own or between brackets: as it is written in the original, if it comes from there.
 * Undefined where that cannot be: in front of what stands behind a dash, and for what has no text to take.
 */
export function insertionOf({ text, root, json }: Scene, change: Addition, original: Original): Splice | undefined {
  const { path } = change;
  const parent = nodeAt(text, root, path.slice(0, -1));
  if (parent?.type !== 'mapping' && parent?.type !== 'sequence') return undefined;
  if (parent.flow) return insertionInBrackets({ text, node: parent, json }, change, original);
  const at = placeOf(text, parent, path, parent === root);
  const lines = at === undefined ? undefined : linesFor(text, { root, parent, at }, change, original);
  if (at === undefined || lines === undefined) return undefined;
  // A text without a final line break keeps being without.
  const continued = at === 0 || text[at - 1] === '\n' || (at === 1 && text.startsWith('\uFEFF'));
  const body = continued ? lines : lineBreakOf(text, at) + lines.replace(/\r?\n$/, '');
  return { start: at, end: at, text: body };
}

/** In front of the entry at the index, with the comments that speak of it; keys come behind all others. */
function placeOf(text: string, parent: MappingNode | SequenceNode, path: Steps, inRoot: boolean): number | undefined {
  const last = parent.type === 'mapping' ? parent.pairs.at(-1)?.value : parent.items.at(-1);
  const next = parent.type === 'sequence' ? entryOf(parent, Number(path.at(-1)), inRoot) : undefined;
  if (next) return linesOf(text, next)?.head;
  return last && behindEntry(text, last, parent.column);
}

interface Target {
  readonly root: YamlNode;
  readonly parent: MappingNode | SequenceNode;
  readonly at: number;
}

function linesFor(text: string, { root, parent, at }: Target, change: Addition, original: Original): string | undefined {
  const { column } = parent;
  const lineBreak = lineBreakOf(text, at);
  const name = parent.type === 'mapping' ? String(change.path.at(-1)) : undefined;
  if (!change.origin) {
    const asked = askedOf(change.value);
    const context = { ...RENDER, ...stepsOf(root, asked), column, lineBreak, gap: gapOf(text, parent) };
    return ' '.repeat(column) + blockText([name === undefined ? 'item' : { key: name }], asked, context) + lineBreak;
  }
  const entry = writtenEntry(original.text, original.root, change.origin);
  if (!entry) return undefined;
  const same = name !== undefined && name === String(change.origin.at(-1));
  const key = name === undefined ? undefined : same && entry.key !== undefined ? entry.key : renderKey(name, RENDER);
  return rewrittenEntry(entry, { column, step: stepsOf(root, askedOf(change.value)).step, key, lineBreak });
}
