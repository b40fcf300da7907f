import type { IncomingHttpHeaders } from 'node:http2';

export interface GrpcStatus {
  readonly code: number;
  readonly message: string;
}

const UNKNOWN = 2;

/** What a proxy's own answer means to gRPC (grpc/grpc, doc/http-grpc-status-mapping.md). */
const BY_HTTP_STATUS: ReadonlyMap<number, number> = new Map([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, 14],
  [502, 14],
  [503, 14],
  [504, 14],
]);

/** The outcome of a call: from the trailers, or, where there was nothing to say before them, from the headers ("trailers only"). */
export function grpcStatus(headers: IncomingHttpHeaders, trailers: IncomingHttpHeaders): GrpcStatus | undefined {
  const from = trailers['grpc-status'] === undefined ? headers : trailers;
  const code = from['grpc-status'];
  if (code !== undefined)
    return { code: /^\d{1,3}$/.test(String(code)) ? Number(code) : UNKNOWN, message: decoded(String(from['grpc-message'] ?? '')) };
  const status = Number(headers[':status'] ?? 0);
  return status === 200 ? undefined : { code: BY_HTTP_STATUS.get(status) ?? UNKNOWN, message: `HTTP status ${status}` };
}

/** Percent-encoded UTF-8; a message that is not is shown as it came. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
