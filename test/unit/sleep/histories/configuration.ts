import type { SleepPolicy } from '../../../../lib/sleep/policy.ts';
import { aPolicy } from '../../../support/model-night.ts';
import { type Flavour, flavours } from './flavours.ts';

/** What the people who run Nightshift decide, and may decide otherwise tomorrow. */
export interface PolicyWish {
  readonly configuration: Flavour;
  readonly excludedSleepers: SleepPolicy['excludedSleepers'];
  readonly stateFormat: SleepPolicy['stateFormat'];
  readonly events: SleepPolicy['events'];
}

export function policyOf({ configuration, excludedSleepers, stateFormat, events }: PolicyWish): SleepPolicy {
  return aPolicy({ excludedSleepers, stateFormat, events, scopes: [scopeOf(configuration)] });
}

const configurationNames: Readonly<Record<string, string>> = {
  'downscaler/uptime': 'uptime',
  'downscaler/downtime': 'downtime',
  'downscaler/upscale-period': 'upscalePeriod',
  'downscaler/downscale-period': 'downscalePeriod',
};

/** Flavours that a configuration can have: a schedule, or none. */
export const configurationFlavours: readonly Flavour[] = flavours.filter(
  ({ annotations, excluded }) => !excluded && Object.keys(annotations).every((name) => name in configurationNames),
);

function scopeOf({ annotations }: Flavour): Readonly<Record<string, string>> {
  const values = Object.entries(annotations).map(([name, value]) => [configurationNames[name] ?? name, value]);
  return { label: 'flags', ...Object.fromEntries(values) };
}
