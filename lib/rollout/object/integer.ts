const FIRST_BEYOND = 2 ** 63;

/**
 * Whether a value of a JSON document is what Kubernetes' Go programs decode as an int64; beyond that they see a fraction.
 * JSON's `2.0`, a fraction for them, has become 2 before anybody here could tell.
 */
export function isInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= -FIRST_BEYOND && value < FIRST_BEYOND;
}
