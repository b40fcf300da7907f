import * as z from 'zod';

const price = z.number().positive('must be more than 0');

/** What nodes cost, so that what sleeps can be told in money: the same words in `nightshift.yaml` and in the function's policy document. */
export const pricesSchema = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code, such as USD')
    .default('USD')
    .describe('the currency of the prices'),
  vcpuHour: price.describe('what a vCPU of your nodes costs per hour').meta({ examples: [0.04] }),
  gibHour: price.describe('what a GiB of memory of your nodes costs per hour').meta({ examples: [0.0045] }),
});

export type Prices = Readonly<z.output<typeof pricesSchema>>;
