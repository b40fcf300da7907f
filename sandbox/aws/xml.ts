/** A value as element content; arrays repeat the element. */
export type XmlValue = string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escapeXml = (text: string): string => text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? character);

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  return `<${name}>${Object.entries(value)
    .map(([child, content]) => element(child, content))
    .join('')}</${name}>`;
}

/** A document with one root element. */
export function xmlDocument(root: string, namespace: string | undefined, content: { readonly [name: string]: XmlValue }): string {
  const body = element(root, content);
  const declared = namespace ? body.replace(`<${root}>`, `<${root} xmlns="${namespace}">`) : body;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${declared}`;
}
