import type { Figures } from './figures.ts';

const TIMES_BARE = 2.5;
const STRETCH_TIMES_BARE = 1.6;
const INIT_KB = 600;

export interface Bar {
  readonly promise: string;
  readonly measured: string;
  /** The stretch is a wish: missing it is told and fails nothing. */
  readonly verdict: 'PASS' | 'MISS' | 'stretch missed';
}

export function barsOf({ name, toBare, opened }: Figures): readonly Bar[] {
  const measured = `${toBare.toFixed(2)} times`;
  const kilobytes = opened.bytes / 1000;
  return [
    {
      promise: `${name}: first poll within ${TIMES_BARE} times the bare handler's`,
      measured,
      verdict: toBare <= TIMES_BARE ? 'PASS' : 'MISS',
    },
    {
      promise: `${name}: stretch, ${STRETCH_TIMES_BARE} times`,
      measured,
      verdict: toBare <= STRETCH_TIMES_BARE ? 'PASS' : 'stretch missed',
    },
    {
      promise: `${name}: at most ${INIT_KB} KB loaded at init`,
      measured: `${kilobytes.toFixed(0)} KB`,
      verdict: kilobytes <= INIT_KB ? 'PASS' : 'MISS',
    },
  ];
}
