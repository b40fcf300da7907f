import { parse, stringify } from 'lossless-json';
import type { TerraformValue } from './value.ts';

/** Why a text is no JSON. It quotes nothing of it: there may be secrets in it. */
export interface NoJson {
  readonly line: number;
  readonly column: number;
}

export type ReadJson = { readonly ok: true; readonly value: TerraformValue } | { readonly ok: false; readonly at: NoJson | undefined };

/** Reads JSON with all digits of its numbers. */
export function readJson(text: string): ReadJson {
  try {
    // The parser makes nothing but strings, booleans, null, LosslessNumber, arrays and plain objects.
    return { ok: true, value: parse(text) as TerraformValue };
  } catch (error) {
    return { ok: false, at: placeOf(text, error) };
  }
}

/** JSON of a value, on one line unless `indent` says otherwise; numbers as they were written. */
export function jsonText(value: unknown, indent?: number): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/** The parser's message ends with `at position 12`. A text that is nested too deeply for it has no place. */
function placeOf(text: string, error: unknown): NoJson | undefined {
  const [, position] = /at position (\d+)$/.exec(error instanceof Error ? error.message : '') ?? [];
  if (position === undefined) return undefined;
  const before = text.slice(0, Number(position)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
