import { behindBreak } from '../tree/cursor.ts';
import type { BlockScalarNode } from '../tree/nodes.ts';
import { isBlockPrintable } from './plain-safe.ts';
import type { Splice } from './splice.ts';

/** Columns of a body whose block scalar was empty, beyond those of what holds it. */
const DEFAULT_STEP = 2;

/** The body of a block scalar for another text, under the header that it has; undefined when that header cannot carry it. */
export function blockBody(text: string, node: BlockScalarNode, value: string): Splice | undefined {
  const lineBreak = /\r?\n$/.exec(text.slice(node.headerEnd, node.bodyStart))?.[0];
  const header = text.slice(node.start, node.headerEnd);
  const [, core = '', breaks = ''] = /^([\s\S]*?)(\n*)$/.exec(value) ?? [];
  if (lineBreak === undefined || !isBlockPrintable(value) || core === '' || !headerCarries(header, core)) return undefined;
  const { end, ended } = bodyRange(text, node);
  if (breaks.length !== breaksAllowed(header, ended, breaks.length)) return undefined;
  const pad = ' '.repeat(node.indent ?? Math.max(node.parent, 0) + DEFAULT_STEP);
  const lines = (node.style === 'folded' ? unfolded(core) : core).split('\n').map((line) => (line === '' ? '' : pad + line));
  const tail = header.includes('+') ? lineBreak.repeat(breaks.length) : ended ? lineBreak : '';
  return { start: node.bodyStart, end, text: lines.join(lineBreak) + tail };
}

/**
 * Leading blanks want an indentation indicator, which then is there; folding leaves lines alone that begin with one. Without an indicator
 * libyaml takes a tab at the beginning for indentation and refuses the file, whatever the specification says.
 */
function headerCarries(header: string, core: string): boolean {
  if (header.startsWith('>')) return !/^[ \t\n]|\n[ \t]/.test(core);
  return !/^[ \t\n]/.test(core) || /[1-9]/.test(header);
}

/** Line breaks at the end of the text: none, one, or with `+` as many as are written. */
function breaksAllowed(header: string, ended: boolean, wanted: number): number {
  if (header.includes('-')) return 0;
  if (header.includes('+')) return ended ? Math.max(wanted, 1) : wanted;
  return ended ? 1 : 0;
}

/** A single line break is written as two: one alone would be read as a blank. */
function unfolded(core: string): string {
  return core.replaceAll(/\n+/g, (breaks) => `${breaks}\n`);
}

/** What of the lines belongs to the text, and whether a line break ends it. Blank lines that follow are the file's, but with `+`. */
export function bodyRange(text: string, node: BlockScalarNode): { readonly end: number; readonly ended: boolean } {
  const keep = text.slice(node.start, node.headerEnd).includes('+');
  const end = keep ? node.end : node.contentEnd === node.bodyStart ? node.bodyStart : behindBreak(text, node.contentEnd);
  return { end, ended: text[end - 1] === '\n' };
}
