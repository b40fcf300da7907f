import { lineEnd } from '../tree/cursor.ts';
import { type BlockScalarNode, isBlockScalar, type YamlNode } from '../tree/nodes.ts';
import type { Asked } from './asked.ts';
import { blockBody, bodyRange } from './block-text.ts';
import { render } from './render.ts';
import type { Splice } from './splice.ts';

export interface WriteContext {
  readonly inFlow: boolean;
  /** The file is JSON and stays it. */
  readonly json: boolean;
  /** False for the key of `{a}`, which has no colon yet. */
  readonly colon: boolean;
}

/**
 * How a value could be written over a node, best first: in the style that is there, then in double quotes. Which of them carries the value is
 * for the proof to say.
 */
export function waysToWrite(text: string, node: YamlNode, asked: Asked, context: WriteContext): readonly Splice[] {
  const inStyle = (style: 'plain' | 'single' | 'double'): string => render(asked, { ...context, style });
  const quoted = inStyle('double');
  if (node.type === 'empty') return unique([inStyle('plain'), quoted]).map((value) => intoGap(text, node.start, value, context));
  if (isBlockScalar(node)) {
    const body = asked.type === 'string' ? blockBody(text, node, asked.value) : undefined;
    return [...(body ? [body] : []), onOneLine(text, node, quoted)];
  }
  const style = node.type === 'scalar' ? node.style : 'plain';
  return unique([inStyle(style), quoted]).map((value) => ({ start: node.start, end: node.end, text: value }));
}

/** One blank stands between the colon or dash and the value; one that is there already is used, unless a comment needs it. */
function intoGap(text: string, at: number, value: string, { colon }: WriteContext): Splice {
  if (!colon) return { start: at, end: at, text: `: ${value}` };
  const hasBlank = text[at] === ' ' && !/^[ \t]+#/.test(text.slice(at, lineEnd(text, at)));
  return hasBlank ? { start: at + 1, end: at + 1, text: value } : { start: at, end: at, text: ` ${value}` };
}

/** In place of the header; what follows on its line stays, the lines of the body go. */
function onOneLine(text: string, node: BlockScalarNode, value: string): Splice {
  const { end, ended } = bodyRange(text, node);
  const restOfHeader = text.slice(node.headerEnd, node.bodyStart);
  const atEnd = end === text.length && !ended;
  return { start: node.start, end, text: value + (atEnd ? restOfHeader.replace(/\r?\n$/, '') : restOfHeader) };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
