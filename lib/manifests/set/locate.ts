import { nearestWord } from '../../schedule/nearest-word.ts';
import { anchored, type Placed } from '../tree/anchors.ts';
import { keyText } from '../tree/key-text.ts';
import type { DocumentNode, MappingNode, SequenceNode, YamlNode } from '../tree/nodes.ts';
import type { Step } from '../tree/steps.ts';
import { mergedKeys } from './merged-keys.ts';
import type { Segment } from './path.ts';

/** What a path leads to in a document. */
export type Located =
  | { readonly found: 'node'; readonly node: YamlNode; readonly steps: readonly Step[] }
  /** A list that is asked to grow; `rest` leads on inside the new item. */
  | { readonly found: 'list'; readonly node: SequenceNode; readonly steps: readonly Step[]; readonly rest: readonly Segment[] }
  /** The last node that is there, and the segments that would have to be made. */
  | {
      readonly found: 'missing';
      readonly node: YamlNode;
      readonly steps: readonly Step[];
      readonly rest: readonly Segment[];
      readonly why: string;
    }
  /** It can never lead anywhere in this document as it is. */
  | { readonly found: 'nothing'; readonly why: string; readonly depth: number }
  /** It leads somewhere that is not touched without being asked. */
  | { readonly found: 'refused'; readonly why: string; readonly hint: string };

export interface LocateOptions {
  readonly followAliases: boolean;
  /** Nobody can ask for it, so that no hint names the flag. */
  readonly neverFollows?: boolean;
}

interface Walk extends LocateOptions {
  readonly text: string;
  readonly root: YamlNode;
}

/** Follows a path from the root of a document. A key that holds the dots of the path wins over the nested reading. */
export function locate(text: string, document: DocumentNode, segments: readonly Segment[], options: LocateOptions): Located {
  return from({ text, root: document.root, ...options }, { node: document.root, steps: [] }, segments);
}

function from(walk: Walk, { node, steps }: Placed, rest: readonly Segment[]): Located {
  const [segment] = rest;
  if (!segment)
    return node.type === 'alias' && walk.followAliases ? throughAlias(walk, node.name, node.start, rest) : { found: 'node', node, steps };
  if (node.type === 'mapping') return inMapping(walk, { node, steps }, rest);
  if (node.type === 'sequence') return inSequence(walk, { node, steps }, rest);
  if (node.type === 'alias') return throughAlias(walk, node.name, node.start, rest);
  if (node.type === 'empty') return { found: 'missing', node, steps, rest, why: `there is nothing to hold ${quote(segment.text)}` };
  return {
    found: 'nothing',
    why: `${quote(segment.text)} would be inside a value that is neither a mapping nor a list`,
    depth: steps.length,
  };
}

function throughAlias(walk: Walk, name: string, offset: number, rest: readonly Segment[]): Located {
  const target = anchored(walk.root, name, offset);
  if (!target) return { found: 'nothing', why: `nothing before it is marked &${name}`, depth: 0 };
  if (walk.followAliases && target.node.type !== 'alias') return from(walk, target, rest);
  const hint = walk.neverFollows
    ? `change it where &${name} is, or write the value out in place of the alias`
    : `set it where &${name} is, or add --follow-aliases to change it there, for all who use it`;
  return { found: 'refused', why: `it runs through the alias *${name}`, hint };
}

interface InMapping {
  readonly node: MappingNode;
  readonly steps: readonly Step[];
}

function inMapping(walk: Walk, { node, steps }: InMapping, rest: readonly Segment[]): Located {
  const [segment] = rest;
  if (segment?.kind === 'index')
    return { found: 'nothing', why: `[${segment.text}] is an index, and a mapping has keys`, depth: steps.length };
  const results = readings(rest).flatMap(({ key, after }): Located[] => {
    const matches = node.pairs.flatMap((pair, index) => (keyText(walk.text, pair.key) === key ? [{ pair, index }] : []));
    const [match] = matches;
    if (!match) return [];
    if (matches.length > 1)
      return [{ found: 'refused', why: `the key ${quote(key)} is there ${matches.length} times`, hint: 'remove all but one' }];
    return [from(walk, { node: match.pair.value, steps: [...steps, { to: 'value', index: match.index }] }, after)];
  });
  return best(results) ?? missingKey(walk, { node, steps }, rest);
}

function missingKey(walk: Walk, { node, steps }: InMapping, rest: readonly Segment[]): Located {
  const key = rest[0]?.text ?? '';
  const merged = mergedKeys(walk.text, walk.root, node).has(key);
  const why = merged ? `${quote(key)} comes from another mapping, by <<` : `there is no key ${quote(key)}${nearby(walk.text, key, node)}`;
  if (!merged || rest.length === 1) return { found: 'missing', node, steps, rest, why };
  return { found: 'refused', why, hint: 'set it where it is written' };
}

function nearby(text: string, key: string, { pairs }: MappingNode): string {
  const near = nearestWord(
    key,
    pairs.flatMap((pair) => keyText(text, pair.key) ?? []),
  );
  return near === undefined ? '' : `, but there is ${quote(near)}`;
}

/** The keys that a path may begin with, the one that takes most of its words first: `a.b.c`, then `a.b`, then `a`. */
function readings(rest: readonly Segment[]): readonly { readonly key: string; readonly after: readonly Segment[] }[] {
  const nested = rest.findIndex(({ kind }) => kind !== 'word');
  const words = Math.max(1, nested < 0 ? rest.length : nested);
  return Array.from({ length: words }, (_, index) => words - index).map((count) => ({
    key: rest
      .slice(0, count)
      .map(({ text }) => text)
      .join('.'),
    after: rest.slice(count),
  }));
}

/** What is there before what could be made, and the nearest to the end of the path of that. */
function best(results: readonly Located[]): Located | undefined {
  const there = results.find(({ found }) => found === 'node' || found === 'list' || found === 'refused');
  return there ?? results.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
}

function depthOf(located: Located): number {
  if (located.found === 'nothing') return located.depth;
  return located.found === 'refused' ? 0 : located.steps.length;
}

function inSequence(
  walk: Walk,
  { node, steps }: { readonly node: SequenceNode; readonly steps: readonly Step[] },
  rest: readonly Segment[],
): Located {
  const [segment] = rest;
  if (!segment) return { found: 'node', node, steps };
  if (segment.text === (segment.kind === 'pointer' ? '-' : '-1') && segment.kind !== 'key')
    return { found: 'list', node, steps, rest: rest.slice(1) };
  const index = segment.kind !== 'key' && /^(?:0|[1-9]\d*)$/.test(segment.text) ? Number(segment.text) : undefined;
  const item = index === undefined ? undefined : node.items[index];
  if (index !== undefined && item) return from(walk, { node: item, steps: [...steps, { to: 'item', index }] }, rest.slice(1));
  const why =
    index === undefined ? `${quote(segment.text)} is no index of a list` : `the list has ${node.items.length} items, the first is 0`;
  return { found: 'nothing', why, depth: steps.length };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
