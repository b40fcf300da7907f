import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../lib/platform/secret.ts';

it('shows itself to nobody but the one who asks for it', () => {
  const secret = new Secret('planted');

  expect([String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })].join()).not.toContain('planted');
  expect(JSON.stringify(secret)).toBe('"[redacted]"');
  expect(secret.reveal()).toBe('planted');
});
