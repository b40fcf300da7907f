import { StateStoreError } from './state-store-error.ts';

/** S3 allows 1,024 bytes of UTF-8 for the whole key, prefix included; every store keeps to it so that state can move between them. */
export const MAX_KEY_BYTES = 1024;

const controlCharacter = /\p{Cc}/u;

function problemOf(key: string, fullKey: string): string | undefined {
  if (key === '') return 'it is empty';
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'it has an empty, "." or ".." part';
  if (controlCharacter.test(key)) return 'it holds a control character';
  if (!key.isWellFormed()) return 'it is not well-formed Unicode';
  if (Buffer.byteLength(fullKey) > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  return undefined;
}

/**
 * Refuses keys that a store could not keep apart or that would leave its folder.
 * @throws StateStoreError with the rule that the key breaks; nothing was read or written.
 */
export function assertStateKey(location: string, key: string, fullKey: string = key): void {
  const problem = problemOf(key, fullKey);
  if (problem === undefined) return;
  const shown = JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
  throw new StateStoreError(`state key ${shown} is not usable in ${location}: ${problem}`, {
    location,
    key,
    hint: 'use slash-separated words, such as runs/<run id>/plan.json',
  });
}
