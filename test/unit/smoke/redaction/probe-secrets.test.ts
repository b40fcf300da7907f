import { describe, expect, it } from 'vitest';
import { credentialsOfProbe, secretsOfProbe } from '../../../../lib/smoke/redaction/probe-secrets.ts';
import type { HttpProbe } from '../../../../lib/smoke/suite/suite.ts';
import { anHttpProbe } from '../run/checks.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('what a probe sends that nobody may read', () => {
  it.each<[string, Partial<HttpProbe>, readonly string[]]>([
    ['the password of a URL', { url: 'https://me:p%40ss@shop.test/' }, ['p@ss']],
    ['the token of a URL without a password', { url: 'https://t0ken@shop.test/' }, ['t0ken']],
    [
      'parameters whose names say so',
      {
        url: 'https://shop.test/?token=a1&page=2',
        query: [
          ['api_key', 'b2'],
          ['q', 'x'],
        ],
      },
      ['a1', 'b2'],
    ],
    ['what signs a URL', { url: 'https://b.s3.test/k?X-Amz-Signature=c3&X-Amz-Credential=d4&X-Amz-Date=x' }, ['c3', 'd4']],
    ['a header of authorization, without its scheme', { headers: [['Authorization', 'Bearer e5']] }, ['e5']],
    ['the password of a basic one', { headers: [['authorization', `Basic ${base64('me:f6')}`]] }, [base64('me:f6'), 'f6']],
    ['the cookies that are sent', { headers: [['Cookie', 'a=g7; b=h8=9']] }, ['g7', 'h8=9']],
    [
      'headers whose names say so',
      {
        headers: [
          ['X-Api-Key', 'i9'],
          ['X-Auth-Token', 'j0'],
          ['Accept', 'x'],
        ],
      },
      ['i9', 'j0'],
    ],
    [
      'fields of JSON, deep down',
      { body: { kind: 'json', value: { a: [{ password: 'm3', name: 'x' }], clientSecret: 'n4' } } },
      ['m3', 'n4'],
    ],
    ['variables of GraphQL', { body: { kind: 'graphql', query: 'x', variables: { token: 'o5' } } }, ['o5']],
    [
      'fields of a form',
      {
        body: {
          kind: 'form',
          fields: [
            ['passwd', 'p6'],
            ['user', 'x'],
          ],
        },
      },
      ['p6'],
    ],
    ['parts', { body: { kind: 'multipart', parts: [{ name: 'secret', content: { kind: 'text', text: 'q7' } }] } }, ['q7']],
    ['a text that is JSON', { body: { kind: 'text', text: '{"password":"r8"}' } }, ['r8']],
    ['a text that is a form', { body: { kind: 'text', text: 'user=x&password=s9' } }, ['s9']],
    ['a private key', { tls: { insecure: false, key: 'PEM' } }, ['PEM']],
    ['nothing', { body: { kind: 'text', text: 'plain words' }, url: 'not a url' }, []],
  ])('%s', (_, probe, secrets) => {
    expect(secretsOfProbe(anHttpProbe(probe))).toEqual(secrets);
  });

  it('of gRPC is in its metadata', () => {
    const probe = {
      kind: 'grpc',
      host: 'h',
      port: 1,
      service: '',
      metadata: [['authorization', 'Bearer u1']],
      tls: { insecure: false, key: 'K' },
    } as const;

    expect(secretsOfProbe(probe)).toEqual(['u1', 'K']);
  });

  it.each<[string, HttpProbe['auth'], readonly string[]]>([
    ['a password', { kind: 'basic', username: 'me', password: 'k1' }, ['k1']],
    ['a bearer token', { kind: 'bearer', token: 'l2' }, ['l2']],
    ['no key of its own', { kind: 'sigv4', service: 's3', region: 'eu-west-1' }, []],
    ['nothing', undefined, []],
  ])('lets it in by %s', (_, auth, credentials) => {
    expect(credentialsOfProbe(anHttpProbe(auth && { auth }))).toEqual(credentials);
  });
});
