import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../json.ts';
import { decodeProtobuf, ProtobufError } from '../protobuf/decode.ts';
import { badRequest, StatusError } from '../status.ts';
import { unsupportedMediaType } from '../verbs/patch.ts';

/** `--max-resource-write-bytes` of the API server. */
const MAX_BYTES = 3 * 1024 * 1024;

/** The whole body. @throws StatusError 413 beyond 3 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) {
    throw new StatusError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `Request entity too large: limit is ${MAX_BYTES}`,
      details: {},
    });
  }
  return Buffer.concat(chunks);
}

const ACCEPTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** Decodes the object of a create, a replace or a delete. @throws StatusError 400, 415 */
export function parseBody(contentType: string | undefined, bytes: Buffer): JsonObject {
  const type = (contentType ?? 'application/json').split(';')[0]?.trim() ?? '';
  if (!ACCEPTED.includes(type)) throw unsupportedMediaType(ACCEPTED);
  let parsed: unknown;
  try {
    if (type === 'application/vnd.kubernetes.protobuf') return decodeProtobuf(bytes);
    parsed = type === 'application/yaml' ? parse(bytes.toString()) : JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof ProtobufError) throw unsupportedMediaType(ACCEPTED, error.message);
    throw badRequest(
      `the object provided is unrecognized (must be of type JSON): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!isJsonObject(parsed)) throw badRequest('the object provided is unrecognized (must be an object)');
  return parsed;
}
