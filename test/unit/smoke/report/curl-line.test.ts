import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { curlLine } from '../../../../lib/smoke/report/curl-line.ts';
import type { HttpProbe } from '../../../../lib/smoke/suite/suite.ts';
import { folderWith } from '../../cli/temp-folder.ts';
import { anHttpProbe } from '../run/checks.ts';

describe('the curl line', () => {
  it.each<[string, Partial<HttpProbe>, string]>([
    ['a page', {}, 'curl -sS -i --compressed http://shop.test/'],
    ['a head', { method: 'HEAD', decompress: false }, 'curl -sS -i --head http://shop.test/'],
    ['another method', { method: 'DELETE' }, 'curl -sS -i -X DELETE --compressed http://shop.test/'],
    ['redirects', { followRedirects: 5 }, 'curl -sS -i -L --max-redirs 5 --compressed http://shop.test/'],
    [
      'a query',
      { query: [['q', 'a b&c']], url: 'http://shop.test/?x=1#top' },
      "curl -sS -i --compressed 'http://shop.test/?x=1&q=a%20b%26c#top'",
    ],
    [
      'JSON',
      { method: 'POST', body: { kind: 'json', value: { a: "it's" } } },
      `curl -sS -i --compressed -H 'Content-Type: application/json' --data-raw '{"a":"it'\\''s"}' http://shop.test/`,
    ],
    [
      'JSON of its own type',
      { method: 'POST', headers: [['Content-Type', 'x/y']], body: { kind: 'json', value: 1 } },
      "curl -sS -i --compressed -H 'Content-Type: x/y' --data-raw 1 http://shop.test/",
    ],
    [
      'a text',
      { method: 'PUT', body: { kind: 'text', text: 'hi' } },
      "curl -sS -i -X PUT --compressed -H 'Content-Type: ' --data-raw hi http://shop.test/",
    ],
    [
      'a form',
      { method: 'POST', body: { kind: 'form', fields: [['a b', 'c&d']] } },
      "curl -sS -i --compressed --data-urlencode 'a%20b=c&d' http://shop.test/",
    ],
    [
      'bytes',
      { method: 'POST', body: { kind: 'base64', base64: 'AAE=' } },
      "echo AAE= | base64 -d | curl -sS -i --compressed -H 'Content-Type: ' --data-binary @- http://shop.test/",
    ],
    ['a bearer', { auth: { kind: 'bearer', token: 't' } }, "curl -sS -i --compressed -H 'Authorization: Bearer t' http://shop.test/"],
    ['a user', { auth: { kind: 'basic', username: 'me', password: 'p w' } }, "curl -sS -i --compressed -u 'me:p w' http://shop.test/"],
    [
      'SigV4',
      { auth: { kind: 'sigv4', service: 'execute-api', region: 'eu-central-1' } },
      'curl -sS -i --compressed --aws-sigv4 aws:amz:eu-central-1:execute-api -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" http://shop.test/',
    ],
    ['another address', { connectTo: '10.0.0.5:8443' }, 'curl -sS -i --compressed --connect-to ::10.0.0.5:8443 http://shop.test/'],
    ['an IPv6 address', { connectTo: '[::1]' }, "curl -sS -i --compressed --connect-to '::[::1]:' http://shop.test/"],
    [
      'TLS',
      { tls: { insecure: true, ca: 'PEM', cert: 'PEM', key: 'PEM' } },
      'curl -sS -i --compressed --cacert ca.pem --cert cert.pem --key key.pem -k http://shop.test/',
    ],
  ])('asks for %s', (_, probe, line) => {
    expect(curlLine(anHttpProbe(probe))).toBe(line);
  });

  it('cuts a body that nobody would read', () => {
    const line = curlLine(anHttpProbe({ method: 'POST', body: { kind: 'text', text: 'x'.repeat(10_000) } }));

    expect(line.length).toBeLessThan(700);
    expect(line).toContain('x…');
  });

  it('is read by a shell as it is meant, whatever is in it', async () => {
    const folder = await folderWith();
    const path = join(folder, 'curl');
    writeFileSync(path, '#!/bin/sh\nprintf "%s\\0" "$@"\n');
    chmodSync(path, 0o755);
    const hostile = `$(touch ${folder}/owned) \`id\` "'\\ ; & | > \n * ~`;
    const probe = anHttpProbe({
      method: 'POST',
      url: 'http://shop.test/?a=$(id)',
      headers: [['x', hostile]],
      body: { kind: 'text', text: hostile },
      auth: { kind: 'basic', username: hostile, password: hostile },
    });

    const words = execFileSync('sh', ['-c', curlLine(probe)], { env: { PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' }).split(
      '\0',
    );

    expect(words).toContain(`x: ${hostile}`);
    expect(words).toContain(`${hostile}:${hostile}`);
    expect(words.filter((word) => word === hostile)).toHaveLength(1);
    expect(words.at(-2)).toBe('http://shop.test/?a=$(id)');
  });
});
