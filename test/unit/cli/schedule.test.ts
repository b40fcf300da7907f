import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const BERLIN = 'Mon-Fri 07:00-19:00 Europe/Berlin';

describe('schedule test', () => {
  it('says in words whether the spec holds, and answers with the exit code', async () => {
    const during = await runCli(['schedule', 'test', BERLIN, '--at', '2026-03-30T12:00:00Z']);
    const after = await runCli(['schedule', 'test', BERLIN, '--at', '2026-03-30T19:00:00+02:00']);

    expect(during).toMatchObject({ exitCode: 0, stdout: 'matches at 2026-03-30T12:00:00Z\n', stderr: '' });
    expect(after).toMatchObject({ exitCode: 1, stdout: 'does not match at 2026-03-30T17:00:00Z\n' });
  });

  it('asks about now unless told', async () => {
    const result = await runCli(['schedule', 'test', BERLIN, '-o', 'json'], { now: '2026-03-28T12:00:00Z' });

    expect(result.json()).toEqual({ matches: false });
  });

  it('warns of a silent trap on standard error and keeps the document clean', async () => {
    const result = await runCli(['schedule', 'test', 'Mon-Fri 00:00-00:00 UTC', '-o', 'json']);

    expect(result.json()).toEqual({ matches: false });
    expect(result.stderr).toMatch(/^warning: .*00:00-00:00/);
  });

  it('blames a wrong default on the default, not on the spec', async () => {
    const result = await runCli([
      'schedule',
      'test',
      '08:00-20:00',
      '--default-timezone',
      'Europe/Berln',
      '--default-weekframe',
      'Mon-Fri',
    ]);

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('the default time zone cannot be read');
    expect(result.stderr).toContain('Europe/Berlin');
  });

  it('takes an empty variable for one that is not set', async () => {
    const result = await runCli(['schedule', 'test', 'Mon-Fri 08:00-20:00', '-o', 'json'], { env: { DEFAULT_TIMEZONE: '' } });

    expect(result.json()).toMatchObject({ error: { code: 'incomplete_spec' } });
  });

  it.each([
    ['2026-03-30T12:00:00', 'has no zone'],
    ['2026-02-30T12:00:00Z', 'no such day'],
    ['2026-03-30T25:00:00Z', 'no such day or time'],
    ['yesterday', 'ISO 8601'],
    ['1774872000', 'ISO 8601'],
  ])('refuses the instant %s: %s', async (at, why) => {
    const result = await runCli(['schedule', 'test', BERLIN, '--at', at]);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(why);
  });
});

describe('schedule next', () => {
  it('lists the next five edges in UTC, across a clock change', async () => {
    const result = await runCli(['schedule', 'next', BERLIN, '--at', '2026-03-27T12:00:00Z', '-o', 'json']);

    expect(result.json()).toEqual({
      next: [
        { at: '2026-03-27T18:00:00Z', to: false },
        { at: '2026-03-30T05:00:00Z', to: true },
        { at: '2026-03-30T17:00:00Z', to: false },
        { at: '2026-03-31T05:00:00Z', to: true },
        { at: '2026-03-31T17:00:00Z', to: false },
      ],
    });
  });

  it('shows as many as --count says', async () => {
    const result = await runCli(['schedule', 'next', BERLIN, '--at', '2026-03-27T12:00:00Z', '--count', '1']);

    expect(result.stdout).toBe('2026-03-27T18:00:00Z  ends\n');
  });

  it('says so when nothing changes any more', async () => {
    const text = await runCli(['schedule', 'next', 'always']);
    const json = await runCli(['schedule', 'next', 'until 2020-01-01T00:00:00Z', '-o', 'json']);

    expect(text.stdout).toContain('never changes');
    expect(json.json()).toEqual({ next: [] });
  });

  it.each(['0', '-1', 'many', '1.5', '10001'])('refuses --count %s', async (count) => {
    const result = await runCli(['schedule', 'next', BERLIN, '--count', count]);

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('whole number from 1 to 10000');
  });
});
