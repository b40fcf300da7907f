import * as fc from 'fast-check';
import { runs } from '../runs.ts';
import { type RandomYaml, randomYaml } from './random-yaml.ts';

/** Random files that fast-check shrinks, by taking the plainest choice in ever more places. */
export const yamlFiles: fc.Arbitrary<RandomYaml> = fc.array(fc.nat(1_000_000), { maxLength: 400, size: 'max' }).map((choices) => {
  let next = 0;
  return randomYaml((below) => (choices[next++] ?? 0) % below);
});

/** More are asked for by the environment, as in `NIGHTSHIFT_FUZZ_RUNS=200000`. */
export function fuzzRuns(usual: number): number {
  return Number(process.env.NIGHTSHIFT_FUZZ_RUNS ?? runs(usual));
}
