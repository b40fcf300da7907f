import type { JsonValue } from './asked.ts';
import { render } from './render.ts';

export interface JsonLayout {
  /** With the blanks of the line that the value begins on. */
  readonly lineBreak: string;
  /** Blanks that each level is indented more. */
  readonly step: string;
}

/** JSON with every entry on a line of its own. */
export function laidOutJson(value: JsonValue, { lineBreak, step }: JsonLayout): string {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return onOneLine(value);
  const inner = lineBreak + step;
  const entries = Array.isArray(value)
    ? value.map((item: JsonValue) => laidOutJson(item, { lineBreak: inner, step }))
    : Object.entries(value).map(
        ([key, field]: [string, JsonValue]) => `${onOneLine(key)}: ${laidOutJson(field, { lineBreak: inner, step })}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}${inner}${entries.join(`,${inner}`)}${lineBreak}${close}`;
}

function onOneLine(value: JsonValue): string {
  return render({ type: 'collection', value }, { style: 'double', inFlow: true, json: true });
}
