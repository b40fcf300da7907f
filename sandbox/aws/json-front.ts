import { AwsFault } from './fault.ts';
import type { AwsRequest, AwsResponse } from './service.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Codes of {@link authenticate} in the words of the services that speak JSON. */
const jsonCodes: Readonly<Record<string, string>> = {
  AccessDenied: 'AccessDeniedException',
  ExpiredToken: 'ExpiredTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
  InvalidAccessKeyId: 'UnrecognizedClientException',
  InvalidToken: 'UnrecognizedClientException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  XAmzContentSHA256Mismatch: 'InvalidSignatureException',
};

export function jsonCode(code: string): string {
  return jsonCodes[code] ?? code;
}

export function parseJson(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Answered below, like any other body that is no object.
  }
  throw new AwsFault(400, 'SerializationException', 'The request body is not a JSON object.');
}

/**
 * The operation that an AWS JSON request names: `prefix.Operation` in X-Amz-Target.
 * @throws AwsFault for another target or content type
 */
export function targetOperation({ method, headers }: AwsRequest, prefix: string, contentType: string): string {
  const target = headers['x-amz-target'] ?? '';
  if (method !== 'POST' || !target.startsWith(`${prefix}.`))
    throw new AwsFault(400, 'UnknownOperationException', `The operation ${target || '(none)'} is not implemented by this endpoint`);
  if (headers['content-type'] !== contentType)
    throw new AwsFault(415, 'UnknownOperationException', `The content type must be ${contentType}`);
  return target.slice(prefix.length + 1);
}

/** @throws AwsFault */
export function knownOperation<T>(operations: Readonly<Record<string, T>>, name: string): T {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined)
    throw new AwsFault(400, 'UnknownOperationException', `The operation ${name || '(none)'} is not implemented by this endpoint`);
  return operation;
}

/** A parameter that the request may have and this endpoint does not know is refused, not ignored. @throws AwsFault */
export function assertParameters(input: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new AwsFault(400, 'ValidationException', `The parameter ${unknown} is not implemented by this endpoint`);
}

/** JSON services answer every mistake of the caller with 400; the code is in the body. */
export function jsonFailure(contentType: string, type: string, message: string, status: number): AwsResponse {
  const body = JSON.stringify({ __type: type, message });
  return { status: status < 500 ? 400 : status, headers: { 'content-type': contentType }, body };
}

export function jsonAnswer(contentType: string, value: unknown): AwsResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(value) };
}
