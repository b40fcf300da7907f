import { BadInputError } from '../../platform/errors.ts';
import { parseIpRange, rangeHas } from '../addresses/ip-range.ts';

/**
 * What a suite may speak to of what is refused by itself: what it names, as far as the configuration permits it. A suite comes with an event, and
 * whoever may send one must not open the metadata service by it.
 * @throws BadInputError naming what is not permitted
 */
export function permittedAddresses(asked: readonly string[], permitted: readonly string[]): readonly string[] {
  const refused = asked.filter((text) => !isPermitted(text, permitted));
  if (refused.length === 0) return asked;
  throw new BadInputError(`the suite asks for addresses that the configuration does not permit: ${refused.join(', ')}`, {
    hint: 'name them in nightshift.yaml, under smoke.allow, or take them out of the suite',
  });
}

/** Whether an address or a network lies in one of those that are permitted. What is neither is left to whoever reads it. */
export function isPermitted(asked: string, permitted: readonly string[]): boolean {
  const range = parseIpRange(asked);
  const ranges = permitted.flatMap((text) => parseIpRange(text) ?? []);
  return range === undefined || ranges.some((each) => each.prefix <= range.prefix && rangeHas(each, range.base));
}
