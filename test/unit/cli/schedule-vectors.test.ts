import { describe, expect, it } from 'vitest';
import { PUBLISHED_VECTORS, type PublishedVector } from '../schedule/published-vectors.ts';
import { runCli } from './run-cli.ts';

/** What `--dialect py` makes of the spans on which the two tools disagree, as the vectors' notes say. */
const PY_READING: Readonly<Record<string, boolean>> = { T31: false, T33: false, T61: true };

function environment({ defaults }: PublishedVector): Record<string, string> {
  return {
    ...(defaults?.defaultTimeZone && { DEFAULT_TIMEZONE: defaults.defaultTimeZone }),
    ...(defaults?.defaultWeekframe && { DEFAULT_WEEKFRAME: defaults.defaultWeekframe }),
  };
}

describe('the published time-spec vectors through the CLI', () => {
  it.each(PUBLISHED_VECTORS)('$id: $value at $at', async (vector) => {
    const result = await runCli(['schedule', 'test', vector.value, '--at', vector.at, '-o', 'json'], { env: environment(vector) });

    if (vector.nightshift === 'S') {
      expect(result.exitCode).toBe(2);
      const code = vector.go === 'I' ? 'incomplete_spec' : 'invalid_spec';
      expect(result.json()).toEqual({ error: expect.objectContaining({ code, message: expect.any(String) }) });
    } else {
      expect(result.json()).toEqual({ matches: vector.nightshift === 'T' });
      expect(result.exitCode).toBe(vector.nightshift === 'T' ? 0 : 1);
    }
  });

  it.each(PUBLISHED_VECTORS.filter(({ id }) => id in PY_READING))('$id under --dialect py', async (vector) => {
    const result = await runCli(['schedule', 'test', vector.value, '--at', vector.at, '--dialect', 'py', '-o', 'json']);

    expect(result.json()).toEqual({ matches: PY_READING[vector.id] });
  });

  it.each(PUBLISHED_VECTORS.filter(({ defaults }) => defaults))('$id with its defaults as flags', async (vector) => {
    const flags = [
      ...(vector.defaults?.defaultTimeZone ? ['--default-timezone', vector.defaults.defaultTimeZone] : []),
      ...(vector.defaults?.defaultWeekframe ? ['--default-weekframe', vector.defaults.defaultWeekframe] : []),
    ];

    const result = await runCli(['schedule', 'test', vector.value, '--at', vector.at, ...flags, '-o', 'json']);

    expect(result.json()).toEqual({ matches: vector.nightshift === 'T' });
  });
});
