import { redactText } from '../platform/redact.ts';
import { REDACTED } from '../platform/secret.ts';

/** Shorter texts turn up in any sentence. */
const SHORTEST = 4;

/** Takes known values out of texts that a server wrote, and whatever else looks like a credential. */
export type Mask = (text: string) => string;

/** @param values secrets that were sent there, longest first replaced; those too short to be told from words are left */
export function maskOf(values: readonly string[]): Mask {
  const known = [...new Set(values.filter((value) => value.length >= SHORTEST))].sort((a, b) => b.length - a.length);
  return (text) => redactText(known.reduce((current, value) => current.replaceAll(value, REDACTED), text));
}

const SECRET_NAME = /pass(?:word|wd|phrase)?|secret|token|credential|api.?key|access.?key|private.?key/i;

/** The values of parameters whose names say that they are secret. */
export function secretValues(parameters: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(parameters).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []));
}
