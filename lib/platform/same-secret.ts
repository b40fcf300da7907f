import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Whether a text is the secret, in a time that tells nothing of either. An empty secret is nobody's. */
export function sameSecret(text: string, secret: Secret): boolean {
  const expected = secret.reveal().trim();
  return timingSafeEqual(digest(text), digest(expected)) && expected !== '';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
