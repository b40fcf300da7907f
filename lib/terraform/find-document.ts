import { stripVTControlCharacters } from 'node:util';
import { type NoJson, readJson } from './json.ts';
import type { TerraformValue } from './value.ts';

export type Found =
  /** `around`: how many lines that do not belong to it stood before and after. */
  | { readonly kind: 'found'; readonly value: TerraformValue; readonly around?: { readonly before: number; readonly after: number } }
  /** JSON, but none that fits. */
  | { readonly kind: 'other'; readonly value: TerraformValue }
  | { readonly kind: 'none'; readonly at: NoJson | undefined };

/** Log lines may look like objects too; a text with more of them is no output of Terraform. */
const MOST_TRIES = 1_000;

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
  const starts = /^[ \t]*(?=\{)/gm;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const match = starts.exec(text);
    if (!match) return undefined;
    const start = match.index + match[0].length;
    const end = endOfObject(text, start);
    const read = end === undefined ? undefined : readJson(text.slice(start, end));
    if (end !== undefined && read?.ok && fits(read.value))
      return { kind: 'found', value: read.value, around: { before: lines(text.slice(0, start)), after: lines(text.slice(end)) } };
    starts.lastIndex = Math.max(end ?? 0, start + 1);
  }
  return undefined;
}

/** @returns the index behind the brace that closes the one at `start` */
function endOfObject(text: string, start: number): number | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '{') depth++;
    if (token[0] === '}') depth--;
    if (depth === 0) return tokens.lastIndex;
  }
  return undefined;
}

function lines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
