import { randomBytes } from 'node:crypto';
import type { MultipartPart } from '../../suite/probe-kinds.ts';
import type { EncodedBody } from './encode-body.ts';

/** multipart/form-data (RFC 7578), names and filenames escaped as browsers do (WHATWG, multipart form data). */
export function encodeMultipart(parts: readonly MultipartPart[]): EncodedBody {
  const contents = parts.map(({ content }) =>
    content.kind === 'text' ? Buffer.from(content.text) : Buffer.from(content.base64, 'base64'),
  );
  const boundary = boundaryFor(contents);
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`),
    contents[index] ?? Buffer.alloc(0),
    Buffer.from('\r\n'),
  ]);
  return {
    bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

function headOf({ name, content, filename, contentType }: MultipartPart): string {
  const disposition = `Content-Disposition: form-data; name="${escaped(name)}"${filename === undefined ? '' : `; filename="${escaped(filename)}"`}`;
  const type = contentType ?? (filename === undefined && content.kind === 'text' ? undefined : 'application/octet-stream');
  // A line break would begin another header.
  return type === undefined ? disposition : `${disposition}\r\nContent-Type: ${type.replace(/[\r\n]+/g, ' ')}`;
}

function escaped(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

/** Random, and in none of the parts. */
function boundaryFor(contents: readonly Buffer[]): string {
  for (;;) {
    const boundary = `nightshift-${randomBytes(18).toString('hex')}`;
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
}
