import { type BodyReader, textReader } from './body-reader.ts';

/** etcd takes 1.5 MB a request; the API adds managedFields and defaults. */
export const OBJECT_LIMIT_BYTES = 16 * 1024 * 1024;

/** Parses a body that is one JSON object. The server is the authority on its shape: `T` is what its API promises. */
export function objectReader<T>(): BodyReader<T> {
  const text = textReader(OBJECT_LIMIT_BYTES);
  return {
    write: (chunk) => text.write(chunk),
    end: () => asObject(JSON.parse(text.end())),
  };
}

/** @throws SyntaxError when it is some other JSON: not what a Kubernetes API server sends */
export function asObject<T>(value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not a JSON object');
  return value as T;
}
