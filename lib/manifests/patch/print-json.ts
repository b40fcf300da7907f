import { parse, stringify } from 'lossless-json';
import type { Json } from '../json.ts';
import { applyChanges, type Change } from './changes.ts';

/** A JSON text printed anew, changes made: with the indentation of its first indented line, its line breaks and every digit of its numbers. */
export function printJson(text: string, changes: readonly Change[]): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  // A number is an object with its digits; no change leads into one.
  const root = applyChanges(parse(body) as Json, changes);
  const indent = /\n([ \t]+)\S/.exec(body)?.[1] ?? '';
  const printed = stringify(root, undefined, indent) ?? 'null';
  const end = /\s*$/.exec(body)?.[0] ?? '';
  return bom + (body.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed) + end;
}
