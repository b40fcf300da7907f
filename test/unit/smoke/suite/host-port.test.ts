import { describe, expect, it } from 'vitest';
import { parseHostPort } from '../../../../lib/smoke/suite/host-port.ts';

describe('where to connect', () => {
  it.each([
    ['shop.example.com', { host: 'shop.example.com' }],
    ['shop.example.com.', { host: 'shop.example.com.' }],
    ['_dmarc.example.com', { host: '_dmarc.example.com' }],
    ['10.0.0.5:8443', { host: '10.0.0.5', port: 8443 }],
    ['db:1', { host: 'db', port: 1 }],
    ['::1', { host: '::1' }],
    ['fe80::1:2', { host: 'fe80::1:2' }],
    ['[::1]', { host: '::1' }],
    ['[2001:db8::1]:65535', { host: '2001:db8::1', port: 65_535 }],
  ])('%s', (text, parts) => {
    expect(parseHostPort(text)).toEqual(parts);
  });

  it.each(['', ':80', 'a b', 'a/b', 'a:0', 'a:65536', 'a:b', 'a:1:2', '[a]', '[::1]x', 'user@host', 'http://x', '-a', 'a\n'])(
    'is none: %j',
    (text) => {
      expect(parseHostPort(text)).toBeUndefined();
    },
  );
});
