import { describe, expect, it } from 'vitest';
import { barsOf, type Figures, figuresOf } from '../../../bench/smoke/figures.ts';
import { LOADS, type Load } from '../../../bench/smoke/load.ts';

const loads = LOADS as readonly [Load, Load];
const [latency, throughput] = loads;

function figure(load: Load, contestant: string, requestsMs: number): Figures {
  const sample = { wallMs: requestsMs + 100, requestsMs, peakRssMb: 50 };
  return figuresOf({ load, jobs: 16, contestant, samples: [sample, { ...sample, requestsMs: requestsMs * 10 }, sample] });
}

describe('the bars of the smoke bench', () => {
  it('go by the middle of the rounds', () => {
    expect(figure(throughput, 'nightshift', 500)).toMatchObject({ requestsMs: 500, perSecond: 6_000, wallMs: 600 });
  });

  it.each([
    [350, 600, true, true],
    [351, 600, false, true],
    [100, 601, true, false],
  ])('after %i ms of latency and %i ms of requests beside 300 and 900 of others', (waited, ours, first, second) => {
    const others = [figure(throughput, 'hurl', 300), figure(throughput, 'bare', 900)];

    const bars = barsOf([figure(latency, 'nightshift', waited), figure(throughput, 'nightshift', ours), ...others], loads);

    expect(bars.map(({ met }) => met)).toEqual([first, second]);
  });
});
