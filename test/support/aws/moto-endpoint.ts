/** Where a moto server answers. */
export const MOTO_ENV = 'NIGHTSHIFT_MOTO_ENDPOINT';

/**
 * The endpoint of moto, or nothing where the suites on it cannot run: on a laptop without one they are passed over, and say so;
 * in CI that would be suites that silently never run: there it throws.
 */
export function motoEndpoint(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const endpoint = env[MOTO_ENV];
  if (endpoint) return endpoint;
  const message = `${MOTO_ENV} is not set: the suites on an AWS emulator cannot run`;
  if (env.CI === 'true') throw new Error(`${message}; CI must serve moto`);
  process.stderr.write(`\nSKIPPED: ${message}. Start moto_server and set it to its URL.\n\n`);
  return undefined;
}
