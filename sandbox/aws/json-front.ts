import { AwsFault } from './fault.ts';
import type { AwsResponse } from './service.ts';

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

export function jsonAnswer(contentType: string, value: unknown): AwsResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(value) };
}
