/** grpc.health.v1.HealthCheckResponse.ServingStatus. */
const SERVING_STATUS = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;
export type ServingStatus = (typeof SERVING_STATUS)[number];

/** A message as gRPC sends it: not compressed, its length, its bytes. */
const FRAME_HEAD_BYTES = 5;

/** Bytes that are no message of this kind. */
export class BadMessageError extends Error {}

/** HealthCheckRequest: field 1 is the service, a string; in a frame of gRPC. */
export function healthRequest(service: string): Buffer {
  const text = Buffer.from(service);
  const message = text.length === 0 ? text : Buffer.concat([Buffer.from([0x0a]), varint(text.length), text]);
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/**
 * HealthCheckResponse: field 1 is the status, an enumeration; other fields are skipped. Values of the future read as `UNKNOWN`.
 * @throws BadMessageError
 */
export function servingStatus(body: Buffer): ServingStatus {
  if (body.length < FRAME_HEAD_BYTES) throw new BadMessageError('the message is incomplete');
  if (body[0] !== 0) throw new BadMessageError('the message is compressed, which was not asked for');
  const end = FRAME_HEAD_BYTES + body.readUInt32BE(1);
  if (end !== body.length) throw new BadMessageError('the message is not as long as it says');
  let status = 0;
  let at = FRAME_HEAD_BYTES;
  while (at < end) {
    const tag = readVarint(body, at);
    at = tag.next;
    if (tag.value === 0x08) {
      const field = readVarint(body, at);
      status = field.value;
      at = field.next;
    } else at = skipField(body, tag.value & 7, at);
  }
  if (at !== end) throw new BadMessageError('the message is cut off');
  return SERVING_STATUS[status] ?? 'UNKNOWN';
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[from + index];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 128 ** index;
    if (byte < 128) return { value, next: from + index + 1 };
  }
  throw new BadMessageError('the message is cut off');
}

/** By wire type: a varint, 8 bytes, a length and as many bytes, 4 bytes. */
function skipField(bytes: Buffer, wireType: number, at: number): number {
  switch (wireType) {
    case 0:
      return readVarint(bytes, at).next;
    case 1:
      return at + 8;
    case 2: {
      const { value, next } = readVarint(bytes, at);
      return next + value;
    }
    case 5:
      return at + 4;
    default:
      throw new BadMessageError('the message has a field of unknown form');
  }
}
