import { type Prices, pricesSchema } from '../lib/sleep/prices.ts';
import { UsageError } from './errors.ts';
import type { PriceFlags } from './flags/prices.ts';

/**
 * The prices of a command line, undefined when it names none.
 * @throws UsageError when it names one without the other
 */
export function pricesFromFlags({ priceVcpuHour, priceGibHour, currency }: PriceFlags): Prices | undefined {
  if (priceVcpuHour !== undefined && priceGibHour !== undefined) {
    return pricesSchema.parse({ vcpuHour: priceVcpuHour, gibHour: priceGibHour, currency });
  }
  if (priceVcpuHour === undefined && priceGibHour === undefined && currency === undefined) return undefined;
  throw new UsageError('what is saved takes the price of a vCPU and of a GiB of memory', {
    hint: 'give both --price-vcpu-hour and --price-gib-hour',
  });
}
