/** Units of Go's time.ParseDuration, in milliseconds. */
const unitMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const goDuration = /^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const piece = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * Reads a grace period: whole seconds, or a Go duration such as `15m` or `1h30m` (https://pkg.go.dev/time#ParseDuration).
 * @returns milliseconds; undefined when it is neither, or negative
 */
export function parseGracePeriod(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  if (text.length > 64 || !goDuration.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(piece)) total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return Number.isFinite(total) ? total : undefined;
}
