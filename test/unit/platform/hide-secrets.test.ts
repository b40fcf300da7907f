import { describe, expect, it } from 'vitest';
import { hideSecrets, secretHider } from '../../../lib/platform/hide-secrets.ts';

const secret = 'pl4nt"ed+/ sé\\c\'r&<t>';
const hide = hideSecrets([secret]);

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const ascii = (text: string): string => json(text).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const form = (text: string): string => new URLSearchParams({ q: text }).toString().slice(2);
const html = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a known secret is hidden', () => {
  it.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a URL, in lower case', encodeURIComponent(secret).toLowerCase()],
    ['in a URL in a URL', encodeURIComponent(encodeURIComponent(secret))],
    ['in a URL, three times over', encodeURIComponent(encodeURIComponent(encodeURIComponent(secret)))],
    ['in a form', form(secret)],
    ['in JSON', json(secret)],
    ['in JSON of ASCII letters, slashes escaped', ascii(secret).replaceAll('/', '\\/')],
    ['in JSON in JSON', json(json(secret))],
    ['in HTML', html(secret)],
    ['in HTML, by decimal entities', [...secret].map((char) => `&#${char.codePointAt(0)};`).join('')],
    ['in XML, by hexadecimal entities', [...secret].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join('')],
    ['in HTML in HTML', html(html(secret))],
    ['in a URL in HTML', html(encodeURIComponent(secret))],
    ['in JSON in a URL', encodeURIComponent(json(secret))],
    ['in a quoted word of a shell', secret.replaceAll("'", `'\\''`)],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['in hexadecimal, in upper case', Buffer.from(secret).toString('hex').toUpperCase()],
    ['in lower case, as hosts are', secret.toLowerCase()],
    ['in upper case, in a URL', encodeURIComponent(secret.replace(/[a-z]/g, (letter) => letter.toUpperCase()))],
    ['as a list of its bytes', JSON.stringify([...Buffer.from(secret)]).slice(1, -1)],
  ])('%s', (_, written) => {
    expect(hide(`before ${written} after`)).toBe('before [redacted] after');
  });

  it.each(['', 'u', 'us', 'usr', 'user'])('in base64 behind %o', (user) => {
    const encoded = base64(`${user}:${secret}:${user}`);

    for (const text of [
      encoded,
      encoded.replace(/=+$/, ''),
      encodeURIComponent(encoded),
      Buffer.from(encoded, 'base64').toString('base64url'),
    ]) {
      const clean = hide(`Basic ${text}.`);

      expect(clean).toContain('[redacted]');
      expect(clean.length).toBeLessThan(40);
    }
  });

  it.each(['', 'u', 'us', 'usr'])('in base64 behind %o, in a document in base64', (user) => {
    const clean = hide(base64(`GET / HTTP/1.1\r\nAuthorization: Basic ${base64(`${user}:${secret}`)}\r\n`));

    expect(clean).toContain('[redacted]');
    expect(Buffer.from(clean.replace(/\[redacted\].*/, ''), 'base64').toString()).not.toContain(base64(`${user}:${secret}`).slice(0, 12));
  });

  it('wherever it stands, as often as it stands there', () => {
    expect(hide(`${secret}${secret},${encodeURIComponent(secret)};`)).toBe('[redacted],[redacted];');
  });

  it('line by line', () => {
    expect(hideSecrets(['first-line\nsecond-line'])('> first-line\n> second-line')).toBe('> [redacted]\n> [redacted]');
  });

  it.each([
    ['its beginning', 'expected pl4nt"ed+…', 'expected [redacted]…'],
    ['its beginning, in a URL, cut in an escape', `x=${encodeURIComponent('pl4nt"ed')}%2…"`, 'x=[redacted]…"'],
    ['its end', "…c'r&<t> is wrong", '…[redacted] is wrong'],
    ['the beginning of its base64', `${base64(secret).slice(0, 12)}…`, '[redacted]…'],
  ])('where a text was cut and %s is left', (_, text, clean) => {
    expect(hide(text)).toBe(clean);
  });

  it('where a text was cut through a letter', () => {
    expect(hideSecrets(['abcde\u{1f511}fgh'])('x abcde\ufffd… y')).toBe('x [redacted]… y');
  });

  it('longest first when one is part of another', () => {
    expect(hideSecrets(['planted', 'planted-and-more'])('a planted-and-more b planted c')).toBe('a [redacted] b [redacted] c');
  });
});

describe('many secrets', () => {
  it('of thousands of lines are all hidden, and those that become known later too', () => {
    const lines = Array.from({ length: 4_000 }, (_, n) => `${'line'.repeat(15)}${n * 7919}`);
    const hider = secretHider();
    hider.add(lines.join('\n'));
    const told = `a ${lines[17]} b ${lines[3_999]?.toUpperCase()} c later-one`;

    const before = hider.hide(told);
    hider.add('later-one');
    const after = hider.hide(told);

    expect(before).toMatch(/^a \[redacted\] b \[redacted\] c later-one$/);
    expect(after).toMatch(/^a \[redacted\] b \[redacted\] c \[redacted\]$/);
  });
});

describe('what is no secret stays', () => {
  it.each([
    ['a text with escapes', '%41 &amp; \\n \\u0041 100% &unknown; \\'],
    ['three letters of it at a cut', 'a pl4…'],
    ['a broken escape', '%E2%28%A1 %zz'],
    ['an ellipsis', 'and so on…'],
  ])('%s', (_, text) => {
    expect(hide(text)).toBe(text);
  });

  it('when there is none to hide', () => {
    expect(hideSecrets([''])('anything')).toBe('anything');
  });
});

it('a text full of escapes is read in linear time (what grows faster takes minutes here)', () => {
  const hostile = '%2525&amp;amp;\\\\\\\\u0026+'.repeat(2_000);

  expect(hide(hostile)).toBe(hostile);
});
