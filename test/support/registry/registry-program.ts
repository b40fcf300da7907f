/** Path of the `registry` program of the distribution project. */
export const REGISTRY_ENV = 'NIGHTSHIFT_REGISTRY_PROGRAM';

/**
 * The program of a real registry, or nothing where the suite on it cannot run: on a laptop without it the suite is passed over, and says so;
 * in CI that would be a suite that silently never runs: there it throws.
 */
export function registryProgram(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const program = env[REGISTRY_ENV];
  if (program) return program;
  const message = `${REGISTRY_ENV} is not set: the suite on a real registry cannot run`;
  if (env.CI === 'true') throw new Error(`${message}; CI must build github.com/distribution/distribution`);
  process.stderr.write(`\nSKIPPED: ${message}. Build its cmd/registry and set it to the path.\n\n`);
  return undefined;
}
