/** Where workloads shall be, by the part of the day. */
export interface ByTime<T> {
  readonly day: T;
  readonly night: T;
}

/** Annotations with what they mean, said without the code under test. Fit for workloads and for namespaces. */
export interface Flavour {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly excluded?: true;
  /** A value cannot be read, or contradicts another: stays awake. */
  readonly unreadable?: true;
  /** A count cannot be read: what has replicas stays awake. */
  readonly badCount?: true;
  /** A time and a period in one scope: awake by schedule, and only by schedule. */
  readonly forced?: ByTime<'up' | 'down' | undefined>;
  readonly schedule?: ByTime<'up' | 'down' | 'leave'>;
  /** Replicas kept asleep. */
  readonly keeps?: number;
  /** Too young to sleep. */
  readonly young?: true;
}

export type Time = 'day' | 'night';

/** A Monday at noon and at 23:00, UTC. */
export const instants: ByTime<number> = { day: Date.UTC(2026, 2, 30, 12), night: Date.UTC(2026, 2, 30, 23) };

const office = 'Mon-Fri 07:00-19:00 UTC';
const dark = 'Mon-Sun 19:00-24:00 UTC, Mon-Sun 00:00-07:00 UTC';
const upAtDay = { day: 'up', night: 'down' } as const;
const both = <T>(value: T): ByTime<T> => ({ day: value, night: value });

const table: readonly (Omit<Flavour, 'annotations'> & { readonly says: Readonly<Record<string, string>> })[] = [
  { name: 'plain', says: {} },
  { name: 'office hours', says: { uptime: office }, schedule: upAtDay },
  { name: 'dark hours', says: { downtime: dark }, schedule: upAtDay },
  { name: 'uptime and not downtime', says: { uptime: 'always', downtime: dark }, schedule: upAtDay },
  { name: 'always up', says: { downtime: 'never' }, schedule: both('up') },
  { name: 'always down', says: { downtime: 'always' }, schedule: both('down') },
  { name: 'periods', says: { 'upscale-period': office, 'downscale-period': dark }, schedule: upAtDay },
  { name: 'downscale period only', says: { 'downscale-period': dark }, schedule: { day: 'leave', night: 'down' } },
  { name: 'both periods match', says: { 'upscale-period': 'always', 'downscale-period': 'always' }, schedule: both('leave') },
  { name: 'time and period', says: { uptime: office, 'downscale-period': dark }, schedule: both('up') },
  { name: 'forced up', says: { 'force-uptime': 'true' }, forced: both('up') },
  { name: 'forced down', says: { 'force-downtime': 'true' }, forced: both('down') },
  { name: 'forced both', says: { 'force-uptime': 'true', 'force-downtime': 'always' }, forced: both('up') },
  { name: 'forced down by night', says: { 'force-downtime': dark }, forced: { day: undefined, night: 'down' } },
  { name: 'excluded', says: { exclude: 'true', downtime: 'always' }, schedule: both('down'), excluded: true },
  { name: 'exclude not understood', says: { exclude: 'maybe' }, excluded: true },
  { name: 'excluded until 2099', says: { 'exclude-until': '2099-01-01' }, excluded: true },
  { name: 'exclude-until not understood', says: { 'exclude-until': 'tomorrow' }, excluded: true },
  { name: 'exclusion over', says: { 'exclude-until': '2020-01-01T00:00', uptime: office }, schedule: upAtDay },
  { name: 'not excluded', says: { exclude: 'false', downtime: 'always' }, schedule: both('down') },
  { name: 'bad downtime', says: { downtime: 'bogus' }, unreadable: true },
  { name: 'incomplete uptime', says: { uptime: 'Mon-Fri 07:00-19:00' }, unreadable: true },
  { name: 'bad grace period', says: { 'grace-period': 'soon' }, unreadable: true },
  { name: 'bad replicas', says: { 'downtime-replicas': '-1', 'force-downtime': 'true' }, forced: both('down'), badCount: true },
  { name: 'keeps one', says: { 'downtime-replicas': '1', uptime: office }, schedule: upAtDay, keeps: 1 },
  { name: 'keeps two', says: { 'downscale-replicas': '2', 'downtime-replicas': '1', downtime: dark }, schedule: upAtDay, keeps: 2 },
  { name: 'young', says: { 'grace-period': '99999999' }, young: true },
];

export const flavours: readonly Flavour[] = table.map(({ says, ...flavour }) => ({
  ...flavour,
  annotations: Object.fromEntries(Object.entries(says).map(([name, value]) => [`downscaler/${name}`, value])),
}));
