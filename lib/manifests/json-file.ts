/** Is the file JSON, to be kept JSON: by its name, or because all that is in it is one JSON list or mapping? */
export function isJsonFile(name: string, text: string): boolean {
  if (name.toLowerCase().endsWith('.json')) return true;
  if (!/^\uFEFF?\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
