import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { run } from '../../../lib/exec/run.ts';
import { redact } from '../../../lib/platform/redact.ts';
import { Secret } from '../../../lib/platform/secret.ts';

/** Everything that a person or a log gets to see of an error. */
function shown(error: unknown): string {
  return [inspect(error, { depth: 10, showHidden: true }), String(error), JSON.stringify(error), JSON.stringify(redact(error))].join('\n');
}

const failing = (body: string, args: readonly (string | Secret)[], options: Parameters<typeof run>[2] = {}) =>
  run('bash', ['-c', body, 'bash', ...args], options).catch((thrown: unknown) => thrown);

describe('secrets', () => {
  it('among the arguments reach the program and nobody else', async () => {
    const secret = new Secret('planted-argument');

    const error = await failing('[ "$1" = planted-argument ] || exit 9; echo "cannot use $1" >&2; exit 1', [secret]);

    expect(error).toMatchObject({ exitCode: 1, message: expect.stringContaining('cannot use [redacted]') });
    expect(shown(error)).not.toContain('planted');
  });

  it('of a program that is not there stay away from the error of the system too', async () => {
    const error = await run('/no/such/program', [new Secret('planted-argument'), '--password', 'planted-word']).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'exec', cause: { code: 'ENOENT' } });
    expect(shown(error)).not.toContain('planted');
  });

  it.each([
    ['after a flag that says so', ['--api-token', 'planted-1']],
    ['behind its equals sign', ['--password=planted-2']],
    ['in a URL', ['https://me:planted-3@example.com/x']],
    ['in a header', ['-H', 'Authorization: Bearer planted-4']],
  ])('are known %s', async (_, args) => {
    expect(shown(await failing('exit 1', args))).not.toContain('planted');
  });

  it('of the environment do not show in output lines and errors, told by their type or by their name', async () => {
    const lines: string[] = [];
    const env = {
      from: { ...process.env, GITHUB_TOKEN: 'planted-token' },
      inherit: ['GITHUB_*'],
      set: { DB: new Secret('planted-db'), MY_PASSWORD: 'planted-word' },
    };

    const error = await failing('echo "$GITHUB_TOKEN $DB"; echo "$MY_PASSWORD $DB" >&2; exit 1', [], {
      env,
      onLine: (line) => lines.push(line),
    });

    expect(lines.sort()).toEqual(['[redacted] [redacted]', '[redacted] [redacted]']);
    expect(shown(error)).not.toContain('planted');
  });

  it('leave alone what only says where a secret is', async () => {
    const set = { SSL_KEY_FILE: '/etc/key.pem', GOOGLE_APPLICATION_CREDENTIALS: '/home/me/key.json', USE_TOKEN: 'true' };

    const error = await failing('echo "$SSL_KEY_FILE $GOOGLE_APPLICATION_CREDENTIALS $USE_TOKEN" >&2; exit 1', [], { env: { set } });

    expect(error).toMatchObject({ stderrTail: '/etc/key.pem /home/me/key.json true' });
  });

  it('are found in a URL, in JSON and in base64', async () => {
    const secret = 'pla"nted+/ key';
    const printed = [encodeURIComponent(secret), JSON.stringify({ secret }), Buffer.from(secret).toString('base64')];

    const error = await failing('printf "%s\\n" "$@" >&2; exit 1', printed, { secrets: [secret] });

    for (const form of printed.map((each) => each.replace(/^\{"secret":"|"\}$/g, ''))) expect(shown(error)).not.toContain(form);
  });

  it('are found though they come in pieces, and though they have several lines', async () => {
    const lines: string[] = [];
    const secret = 'first-planted-line\nsecond-planted-line';

    await failing(`printf 'a first-pla'; sleep 0.2; printf 'nted-line\\nb second-planted-line\\n'`, [], {
      secrets: [secret],
      onLine: (line) => lines.push(line),
    });

    expect(lines).toEqual(['a [redacted]', 'b [redacted]']);
  });

  it('are not halved by the cut of a long line or of a long complaint', async () => {
    const lines: string[] = [];
    const secret = 'planted-'.repeat(40);

    const error = await failing(`printf '%07900d%s%0100000d' 0 "$1" 0; printf '%0500d%s%04000d' 0 "$1" 0 >&2; exit 1`, [secret], {
      secrets: [secret],
      onLine: (line) => lines.push(line),
    });

    expect(lines.join('')).not.toContain('planted');
    expect(shown(error)).not.toContain('planted');
    expect(error).toMatchObject({ stderrTail: expect.stringMatching(/0{1000}$/) });
  });

  it.each([1, 2, 100, 4_000])('are not halved by what is kept of an output: %i bytes of its end', async (tailBytes) => {
    const secret = 'q7XzK9wPmB3vT5nRd8Jfh2Lsy6GcWa4E';

    const error = await failing(`for n in $(seq 20); do printf '%s' "$1"; done >&2; exit 1`, [secret], {
      secrets: [secret],
      capture: { headBytes: 10, tailBytes },
    });

    for (let at = 0; at <= secret.length - 6; at++) expect(shown(error)).not.toContain(secret.slice(at, at + 6));
  });

  it('may be longer than a log can bear', async () => {
    const secret = new Secret(`planted-${'x'.repeat(30_000)}`);

    const error = await failing('echo "cannot read $1" >&2; echo "because of that" >&2; exit 1', [secret]);

    expect(error).toMatchObject({ stderrTail: 'cannot read [redacted]\nbecause of that' });
  });

  it('in variables may begin like a path', async () => {
    const env = { set: { AWS_SECRET_ACCESS_KEY: '/planted/key+=' } };

    expect(shown(await failing('echo "$AWS_SECRET_ACCESS_KEY" >&2; exit 1', [], { env }))).not.toContain('planted');
  });

  describe('that are private keys', () => {
    const lines = Array.from({ length: 1_000 }, () => 'plantedMHcCAQEEIIGLZ');
    const [begin, end] = ['-----BEGIN EC PRIVATE KEY-----', '-----END EC PRIVATE KEY-----'];
    const printing = (key: readonly string[], after: string, options: Parameters<typeof run>[2] = {}) =>
      failing('cat >&2; echo "$1" >&2; exit 1', [after], { ...options, stdin: `${key.join('\n')}\n` });

    it('are known line by line', async () => {
      const told: string[] = [];

      await printing([begin, ...lines, end], 'after it', { onLine: (line) => told.push(line) });

      expect(told).toHaveLength(1_003);
      expect(told.join('\n')).not.toContain('planted');
      expect(told.at(-1)).toBe('after it');
    });

    it.each([
      ['whole', [begin, ...lines, end], {}],
      ['without an end', [begin, ...lines], {}],
      ['of which only the end was kept', [begin, ...lines, end], { capture: { headBytes: 10, tailBytes: 2_000 } }],
    ])('are known %s, in the end of a long complaint', async (_, key, options) => {
      const error = await printing(key, 'after it', options);

      expect(shown(error)).not.toContain('planted');
      if (key.at(-1) === end) expect(error).toMatchObject({ stderrTail: expect.stringMatching(/after it$/) });
    });
  });
});
