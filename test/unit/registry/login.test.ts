import { describe, expect, it } from 'vitest';
import { type TokenRealm, tokenRealm } from '../../../lib/registry/token-realm.ts';
import { type Challenge, parseChallenges } from '../../../lib/registry/www-authenticate.ts';

describe('parseChallenges', () => {
  it.each<[string | undefined, readonly Challenge[]]>([
    [undefined, []],
    ['', []],
    ['Basic realm="x"', [{ scheme: 'basic', parameters: { realm: 'x' } }]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:library/nginx:pull,push',
          },
        },
      ],
    ],
    [
      'BASIC Realm = "a \\"b\\"" , Bearer realm=https://x.example/token, error="insufficient_scope"',
      [
        { scheme: 'basic', parameters: { realm: 'a "b"' } },
        { scheme: 'bearer', parameters: { realm: 'https://x.example/token', error: 'insufficient_scope' } },
      ],
    ],
    ['Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
    ['realm="x"', []],
    ['Bearer realm="never closed', [{ scheme: 'bearer', parameters: {} }]],
  ])('reads %j', (header, challenges) => {
    expect(parseChallenges(header)).toEqual(challenges);
  });

  it.each([
    ['words', 'a '.repeat(100_000)],
    ['escapes', `a="${'\\'.repeat(100_000)}`],
    ['blanks', `a${' '.repeat(100_000)}=`],
  ])('comes to an end with endless %s', (_, header) => {
    expect(parseChallenges(header).every(({ parameters }) => Object.keys(parameters).length === 0)).toBe(true);
  });
});

describe('tokenRealm', () => {
  const ask = (realm: string, registry = 'https://registry.example.com/', trustedRealms: readonly string[] = []): TokenRealm =>
    tokenRealm(
      { scheme: 'bearer', parameters: { realm, service: 'svc' } },
      { registry: new URL(registry), repository: 'shop/web', trustedRealms },
    );

  it('asks for reading this repository, whatever else the realm asks for', () => {
    const realm = ask('https://registry.example.com/token?scope=repository:other:push&account=x');

    expect(realm).toMatchObject({ ok: true, trusted: true });
    expect(realm.ok && realm.url.href).toBe(
      'https://registry.example.com/token?scope=repository%3Ashop%2Fweb%3Apull&account=x&service=svc',
    );
  });

  it.each<[string, string, boolean]>([
    ['https://registry.example.com/', 'https://registry.example.com/token', true],
    ['https://registry-1.docker.io/', 'https://auth.docker.io/token', true],
    ['https://registry.gitlab.com/', 'https://gitlab.com/jwt/auth', true],
    ['https://registry.example.com/', 'https://auth.docker.io/token', false],
    ['https://registry.example.com/', 'https://registry.example.com:8443/token', false],
    ['https://registry.example.com/', 'https://login.example.com/token', false],
  ])('of %s at %s may see a password: %s', (registry, realm, trusted) => {
    expect(ask(realm, registry)).toMatchObject({ ok: true, trusted });
  });

  it('may see a password where it is named', () => {
    expect(ask('https://login.example.com/token', undefined, ['login.example.com'])).toMatchObject({ ok: true, trusted: true });
  });

  it.each<[string, string, string]>([
    ['https://registry.example.com/', 'token', 'names no place'],
    ['https://registry.example.com/', '', 'names no place'],
    ['https://registry.example.com/', 'http://registry.example.com/token', 'is not reached by HTTPS'],
    ['https://registry.example.com/', 'http://169.254.169.254/latest', 'is not reached by HTTPS'],
    ['https://registry.example.com/', 'file:///etc/passwd', 'is not reached by HTTPS'],
    ['https://registry.example.com/', 'https://a:b@registry.example.com/', 'holds a password'],
    ['http://127.0.0.1:5000/', 'http://127.0.0.1:5001/token', 'is not reached by HTTPS'],
  ])('of %s is refused at %j', (registry, realm, why) => {
    expect(ask(realm, registry)).toEqual({ ok: false, why: expect.stringContaining(why) });
  });

  it('may be the registry itself where that speaks plain HTTP', () => {
    expect(ask('http://127.0.0.1:5000/token', 'http://127.0.0.1:5000/')).toMatchObject({ ok: true, trusted: true });
  });
});
