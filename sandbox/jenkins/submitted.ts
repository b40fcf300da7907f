import type { CiRequest } from '../ci/http.ts';

/** What a form brought. */
export interface Submitted {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, Buffer>>;
}

/** Reads a form, plain or multipart; `undefined` for a body that is neither. */
export function submitted({ headers, body }: CiRequest): Submitted | undefined {
  const type = headers['content-type'] ?? '';
  if (body.length === 0) return { fields: {}, files: {} };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(body.toString())), files: {} };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1];
  return boundary === undefined ? undefined : multipart(body, boundary);
}

/** Latin 1 keeps every byte, so that text operations can cut the body. */
function multipart(body: Buffer, boundary: string): Submitted {
  const fields: Record<string, string> = {};
  const files: Record<string, Buffer> = {};
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
    const name = Buffer.from(/ name="([^"]*)"/.exec(head)?.[1] ?? '', 'latin1').toString();
    if (/ filename="/.test(head)) files[name] = content;
    else fields[name] = content.toString();
  }
  return { fields, files };
}
