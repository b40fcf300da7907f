/** The function's policy document has the same words. */
export { pricesSchema } from '../sleep/prices.ts';
