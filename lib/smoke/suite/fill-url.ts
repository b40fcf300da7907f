import { FillError } from './fill-error.ts';
import { parseHostPort } from './host-port.ts';
import { partsOf, type TemplatePart, type Values, valueNamed } from './template.ts';

/**
 * The URL of an http check. A name at its beginning is taken as it is: it is a URL itself. A name in the host must be one, with a port or without;
 * anywhere else a value is percent-encoded, so that it stays within its segment or parameter.
 * @throws FillError for a value that is missing or cannot stand there, and for what is no URL of http or https in the end
 */
export function fillUrl(template: string, values: Values): string {
  // Most have no name in them. Whether a text is a URL is known sooner than what is in it.
  if (!template.includes('{{') && /^https?:\/\//i.test(template) && URL.canParse(template)) return template;
  const parts = partsOf(template);
  let url = '';
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'text') url += url.endsWith('/') && part.text.startsWith('/') && index === 1 ? part.text.slice(1) : part.text;
    else url += written(part.name, valueNamed(part.name, values), url);
  }
  return checked(url, parts);
}

function written(name: string, value: string, before: string): string {
  if (before === '') return value.trim();
  if (/^https?:\/\/[^/?#]*$/i.test(before)) return authority(name, value, before);
  if (/[/]$/.test(before) && /^\.{1,2}$/.test(value)) throw new FillError(name, `{{${name}}} is . or .., which would lead to another path`);
  return encodeURIComponent(value.toWellFormed());
}

function authority(name: string, value: string, before: string): string {
  const whole = before.replace(/^https?:\/\//i, '');
  if (whole !== '' && /^[A-Za-z0-9_-]+$/.test(value)) return value;
  if (parseHostPort(value) === undefined || /^[^[]*:.*:/.test(value))
    throw new FillError(name, `{{${name}}} stands where a host does and is none: a name or an address, with :port or without`);
  return value;
}

function checked(url: string, parts: readonly TemplatePart[]): string {
  const first = parts.find((part) => part.kind === 'name');
  const name = first?.kind === 'name' ? first.name : 'url';
  const parsed = URL.parse?.(url) ?? tryUrl(url);
  if (!parsed) throw new FillError(name, `the url is none with the value of {{${name}}} in it; it begins with https:// or http://`);
  if (!/^https?:$/.test(parsed.protocol))
    throw new FillError(name, `the url must begin with https:// or http://, and {{${name}}} makes it begin otherwise`);
  return url;
}

function tryUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
