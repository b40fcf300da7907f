import { describe, expect, it } from 'vitest';
import type { ReportItem } from '../../../../lib/platform/report.ts';
import { Teller } from '../../../../sandbox/story/teller.ts';
import { recordingStream } from '../../../support/recorders.ts';

function anItem(name: string, wish: Partial<ReportItem>): ReportItem {
  return { ref: `dev/shop/Deployment/${name}`, action: 'none', reason: 'in its uptime', kind: 'Deployment', from: 2, to: 2, ...wish };
}

function told(tell: (teller: Teller) => void): string {
  const { stream, text } = recordingStream();
  tell(new Teller(stream));
  return text();
}

describe('the plan, as the story tells it', () => {
  const items = [
    anItem('cart', { action: 'sleep', to: 0, reason: 'outside its uptime', warnings: ['its span goes over midnight'] }),
    anItem('sitemap', { action: 'sleep', kind: 'CronJob', from: 1, to: 0, reason: 'outside its uptime' }),
    anItem('demo', { action: 'skip', reason: 'excluded' }),
    anItem('relay', { reason: 'stays awake', problems: ['its uptime cannot be read'] }),
    anItem('idle', {}),
  ];
  const text = told((teller) =>
    teller.plan(0, { job: 'j', runId: 'r', status: 'degraded', summary: 'would change 2 of 5 workloads', counts: {}, items, remaining: 0 }),
  );

  it('lists among what is not touched only what is not touched', () => {
    const [, untouched = ''] = text.split('What it would not touch, and why:');
    const [names = ''] = untouched.split('What someone should know:');

    expect(names).toMatch(/Deployment\/demo +skip +excluded/);
    expect(names).toMatch(/Deployment\/relay +none +stays awake/);
    expect(names).not.toMatch(/cart|sitemap|idle/);
  });

  it('tells warnings as what they are', () => {
    expect(text).toMatch(/What someone should know:\n {2}shop\/Deployment\/cart: its span goes over midnight\n/);
  });

  it('speaks of CronJobs in their own words', () => {
    expect(text).toMatch(/sitemap +sleep \(suspended\)/);
    expect(text).toMatch(/cart +sleep 2 -> 0/);
  });
});

describe('the proof of waking', () => {
  const facts = { slept: 3, woken: 4, others: ['data/Deployment/import'], compared: 9, changed: [] };

  it('tells of the sleepers that another tool left, and counts them', () => {
    let holds = false;
    const text = told((teller) => {
      holds = teller.proofOfWaking(facts);
    });

    expect(holds).toBe(true);
    expect(text).toContain('data/Deployment/import slept before the story began');
    expect(text).toContain('(0 of 9 differ)');
  });

  it.each([
    ['something stayed asleep', { ...facts, woken: 3 }],
    ['a workload differs', { ...facts, changed: ['shop/Deployment/cart'] }],
    ['nothing was compared', { ...facts, compared: 0 }],
    ['nothing had slept', { ...facts, slept: 0, woken: 1 }],
  ])('does not hold when %s', (_, wrong) => {
    const text = told((teller) => expect(teller.proofOfWaking(wrong)).toBe(false));

    expect(text).toContain('✘');
  });
});
