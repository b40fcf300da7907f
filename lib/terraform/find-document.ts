import { stripVTControlCharacters } from 'node:util';
import { type NoJson, readJson } from './json.ts';
import type { TerraformValue } from './value.ts';

export type Found =
  /** `around`: how many lines that do not belong to it stood before and after. */
  | { readonly kind: 'found'; readonly value: TerraformValue; readonly around?: { readonly before: number; readonly after: number } }
  /** JSON, but none that fits. */
  | { readonly kind: 'other'; readonly value: TerraformValue }
  | { readonly kind: 'none'; readonly at: NoJson | undefined };

/**
 * The document in what a command wrote. Mostly it is all of the text. Wrappers write lines of their own around it (setup-terraform's `[command]…`, the retries of
 * HCP Terraform, version managers): then it is the first balanced object that starts a line and fits.
 */
export function findDocument(text: string, fits: (value: TerraformValue) => boolean): Found {
  const bare = text.replace(/^\uFEFF/, '');
  const exact = readJson(bare);
  if (exact.ok) return { kind: fits(exact.value) ? 'found' : 'other', value: exact.value };
  return amongLines(stripVTControlCharacters(bare), fits) ?? { kind: 'none', at: exact.at };
}

function amongLines(text: string, fits: (value: TerraformValue) => boolean): Found | undefined {
  let end = 0;
  for (const span of objectsOnLines(text)) {
    // What is inside of an object that does not fit is not looked at.
    if (span.start < end) continue;
    end = span.end;
    const read = readJson(text.slice(span.start, end));
    if (!read.ok || !fits(read.value)) continue;
    return { kind: 'found', value: read.value, around: { before: lines(text.slice(0, span.start)), after: lines(text.slice(end)) } };
  }
  return undefined;
}

interface Span {
  readonly start: number;
  /** Behind the closing brace. */
  readonly end: number;
}

/** The balanced objects that start a line, in their order. One pass, whatever the text: JSON's strings never go over the end of a line, so a stray quote ends there. */
function objectsOnLines(text: string): readonly Span[] {
  const open: { readonly start: number; readonly onLine: boolean }[] = [];
  const found: Span[] = [];
  for (const token of text.matchAll(/"(?:[^"\\\r\n]|\\.)*"|(?<indent>^[ \t]*)\{|[{}]/gm)) {
    const [word] = token;
    const indent = token.groups?.indent;
    if (word.endsWith('{')) open.push({ start: token.index + word.length - 1, onLine: indent !== undefined });
    else if (word === '}') {
      const begin = open.pop();
      if (begin?.onLine) found.push({ start: begin.start, end: token.index + 1 });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function lines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
