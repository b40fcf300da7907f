import { defineConfig } from 'vitest/config';

/**
 * Suites that nobody should have to wait for after each change: those that build the package and start it again and again, and the generated
 * cases in their full number. They need no more than the others do.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.{long,property}.test.ts'],
    env: { NIGHTSHIFT_THOROUGH: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
