import { describe, expect, it } from 'vitest';
import type { ReportItem } from '../../../../lib/platform/report.ts';
import type { Evidence } from '../../../../sandbox/story/evidence.ts';
import { Page } from '../../../../sandbox/story/page.ts';
import { Teller } from '../../../../sandbox/story/teller.ts';
import { recordingStream } from '../../../support/recorders.ts';

function anItem(name: string, wish: Partial<ReportItem>): ReportItem {
  return { ref: `dev/shop/Deployment/${name}`, action: 'none', reason: 'in its uptime', kind: 'Deployment', from: 2, to: 2, ...wish };
}

function told(tell: (teller: Teller) => void): string {
  const { stream, text } = recordingStream();
  tell(new Teller(new Page(stream)));
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

const good = (count: number): Evidence => ({ count, against: [] });
const bad = (count: number, ...against: readonly string[]): Evidence => ({ count, against });

describe('the proof of sleep', () => {
  const facts = { changes: good(3), again: good(9), originals: good(3), documents: 1 };

  it('holds when everything was done, stays done, and is written down twice', () => {
    const text = told((teller) => expect(teller.proofOfSleep(facts)).toBe(true));

    expect(text).not.toContain('✘');
    expect(text).toContain('the originals of all 3 sleepers are in S3 as well as on the objects (1 ledger document)');
  });

  it.each([
    ['a change was not made', { ...facts, changes: bad(3, 'shop/Deployment/cart: it is at 2, not at 0') }],
    ['a second run changed something', { ...facts, again: bad(9, 'shop/Deployment/cart') }],
    ['an original is missing', { ...facts, originals: bad(3, 'shop/Deployment/cart: it was at 2, and S3 holds nothing') }],
    ['nothing was planned', { ...facts, changes: good(0) }],
    ['nothing fell asleep', { ...facts, originals: good(0) }],
  ])('does not hold when %s, and says which workloads are why', (_, wrong) => {
    const text = told((teller) => expect(teller.proofOfSleep(wrong)).toBe(false));

    expect(text.match(/✘/g)).toHaveLength(1);
    for (const against of [...wrong.changes.against, ...wrong.again.against, ...wrong.originals.against])
      expect(text).toContain(`  ${against}\n`);
  });
});

describe('the proof of waking', () => {
  const facts = { sleepers: good(3), others: { ...good(1), names: ['data/Deployment/import'] }, same: good(9) };

  it('tells of the sleepers that another tool left, and counts them', () => {
    const text = told((teller) => expect(teller.proofOfWaking(facts)).toBe(true));

    expect(text).toContain('everything that was put to sleep is awake (3 slept, 4 woken)');
    expect(text).toContain('data/Deployment/import slept before the story began');
    expect(text).toContain('(0 of 9 differ)');
  });

  it.each([
    ['something stayed asleep', { ...facts, sleepers: bad(3, 'shop/Deployment/cart: it is at 0, not at 2') }, '(3 slept, 3 woken)'],
    [
      'another tool’s sleeper did',
      { ...facts, others: { ...facts.others, against: ['data/Deployment/import: it is at 0, not at 2'] } },
      '3 woken',
    ],
    ['a workload differs', { ...facts, same: bad(9, 'shop/Deployment/cart') }, '(1 of 9 differ)'],
    ['nothing was compared', { ...facts, same: good(0) }, '(0 of 0 differ)'],
    ['nothing had slept', { ...facts, sleepers: good(0) }, '(0 slept, 1 woken)'],
  ])('does not hold when %s', (_, wrong, why) => {
    const text = told((teller) => expect(teller.proofOfWaking(wrong)).toBe(false));

    expect(text.match(/✘/g)).toHaveLength(1);
    expect(text).toContain(why);
  });
});
