import { type Command, InvalidArgumentError } from 'commander';

/** What nodes cost; with both prices, plans and reports say what is saved. */
export interface PriceFlags {
  readonly priceVcpuHour?: number;
  readonly priceGibHour?: number;
  readonly currency?: string;
}

export function addPriceFlags(command: Command): Command {
  return command
    .optionsGroup('Prices (what sleeps is told in money):')
    .option('--price-vcpu-hour <n>', 'what a vCPU of the nodes costs per hour, as in 0.04', price)
    .option('--price-gib-hour <n>', 'what a GiB of their memory costs per hour, as in 0.0045', price)
    .option('--currency <code>', 'the currency of the prices (default: USD)', currency);
}

function price(value: string): number {
  const number = /^(\d+(\.\d+)?|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Give a price above zero, as in 0.0405.');
}

function currency(value: string): string {
  if (/^[A-Z]{3}$/.test(value)) return value;
  throw new InvalidArgumentError('Give the code of a currency, as in USD or EUR.');
}
