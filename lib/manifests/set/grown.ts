import type { DocumentNode } from '../tree/nodes.ts';
import { nodesAlong, type Step } from '../tree/steps.ts';
import { endsOpen } from './ends-open.ts';
import { waysToGrow } from './grow.ts';
import { type Located, locate } from './locate.ts';
import { type Made, withChange } from './made.ts';
import { enclosed, type Part, partsOf } from './new-entry.ts';
import type { Edit, SetOptions } from './options.ts';
import { refusal } from './refusal.ts';
import { growingSubjectAt } from './replace.ts';
import type { Claim } from './subject.ts';

export interface GrowContext {
  readonly doc: number;
  readonly documents: readonly DocumentNode[];
  readonly options: SetOptions;
}

/** Adds what a path leads to and is not there: an item of a list, or, when that is asked for, a key. @throws RefusedError when that is not safe */
export function growBy(made: Made, edit: Edit, { doc, documents, options }: GrowContext): Made {
  const root = documents[doc]?.root;
  const { path, asked } = edit;
  if (!root) throw refusal(path, 'there is no such document', 'correct --doc');
  const located = locate(made.text, { start: 0, end: 0, root, directives: false }, edit.segments, {
    followAliases: options.aliases === 'follow',
    neverFollows: options.aliases === 'never',
  });
  const { steps, parts } = assertMayGrow(path, located, options);
  const json = options.json ?? false;
  const scene = { text: made.text, original: made.text, documents, applied: [], json };
  const subject = growingSubjectAt(scene, path, doc, steps);
  const [first, ...rest] = parts;
  const claim: Claim = { kind: 'entry', key: first === 'item' ? undefined : first?.key, value: enclosed(rest, asked) };
  const collection = nodesAlong(root, steps).at(-1) ?? root;
  if (endsOpen(made.text, collection))
    throw refusal(path, 'the file ends in the text before it, without a line break', 'end the file with a line break');
  const way = waysToGrow(made.text, { root, steps, parts, asked, json }).find((each) => subject.proves(each, claim));
  if (!way) throw refusal(path, 'it cannot be added without moving anything else', 'add it by hand');
  return withChange(made, way, { edit, doc });
}

interface Place {
  readonly steps: readonly Step[];
  readonly parts: readonly Part[];
}

function assertMayGrow(path: string, located: Located, { create }: SetOptions): Place {
  if (located.found === 'refused') throw refusal(path, located.why, located.hint);
  if (located.found === 'nothing') throw refusal(path, located.why, 'correct the path');
  if (located.found === 'node') throw refusal(path, 'it is set twice', 'leave one out');
  if (located.found === 'missing' && !create) throw refusal(path, located.why, 'add --create to make it, or correct the path');
  const parts = partsOf(located.rest);
  if (!parts)
    throw refusal(
      path,
      'a number in it could be a key or an index',
      'write a key in brackets and quotes, as in ["0"], and -1 for a new item',
    );
  if (located.found === 'list') {
    if (parts.length > 0 && !create) throw refusal(path, 'the new item would have to be made with its keys', 'add --create to make it');
    return { steps: located.steps, parts: ['item', ...parts] };
  }
  return { steps: located.steps, parts: asKeys(located.node.type === 'mapping', parts) };
}

/** `-1` in a mapping is a key like another. */
function asKeys(mapping: boolean, parts: readonly Part[]): readonly Part[] {
  const [first, ...rest] = parts;
  return mapping && first === 'item' ? [{ key: '-1' }, ...rest] : parts;
}
