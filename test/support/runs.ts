/** Set in the long suites: as many generated cases as the promises speak of. */
export const THOROUGH_VARIABLE = 'NIGHTSHIFT_THOROUGH';

/** How many cases a property is tried on: all where time does not matter, a tenth where somebody waits for the tests. */
export function runs(thorough: number): number {
  return process.env[THOROUGH_VARIABLE] ? thorough : Math.ceil(thorough / 10);
}
