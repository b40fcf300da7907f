import { defineConfig } from 'vitest/config';

/** Suites on real parts. One file at a time: a control plane takes half a gigabyte, and two of them would only wait for each other. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
