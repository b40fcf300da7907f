import { isJsonObject, type Json } from '../json.ts';

/** A value as Go prints it (`%v`), which is how the API server quotes a patch in its errors: `map[image:x name:y]`. */
export function goText(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort();
  return `map[${keys.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`;
}
