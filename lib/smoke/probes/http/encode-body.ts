import type { HttpBody } from '../../suite/probe-kinds.ts';
import { encodeMultipart } from './encode-multipart.ts';

export interface EncodedBody {
  readonly bytes: Buffer;
  /** Of the kind of body; a header of the suite overrides it. */
  readonly contentType?: string;
}

/** The bytes of a body as they are sent. */
export function encodeBody(body: HttpBody): EncodedBody {
  switch (body.kind) {
    case 'text':
      return { bytes: Buffer.from(body.text) };
    case 'base64':
      return { bytes: Buffer.from(body.base64, 'base64') };
    case 'json':
      return json(body.value);
    case 'graphql':
      return json({ query: body.query, ...(body.variables !== undefined && { variables: body.variables }) });
    case 'form':
      return {
        bytes: Buffer.from(new URLSearchParams(body.fields.map(([name, value]): [string, string] => [name, value])).toString()),
        contentType: 'application/x-www-form-urlencoded',
      };
    case 'multipart':
      return encodeMultipart(body.parts);
    default:
      return body satisfies never;
  }
}

function json(value: unknown): EncodedBody {
  return { bytes: Buffer.from(JSON.stringify(value)), contentType: 'application/json' };
}
