import { describe, expect, it } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import { reportForLog } from '../../../lib/platform/report-for-log.ts';

function reportOf(count: number, failedAt: number[] = [], reason = 'outside of its uptime'): Report {
  const items = Array.from({ length: count }, (_, n) => ({
    ref: `dev/team-${n % 50}/Deployment/service-${n}`,
    action: failedAt.includes(n) ? 'failed' : 'sleep',
    reason,
  }));
  return { job: 'scale-dev-nightly', runId: 'r', status: 'ok', summary: 's', counts: { planned: count }, items, remaining: 0 };
}

describe('reportForLog', () => {
  it('is the report itself when that fits a line', () => {
    const report = reportOf(25);

    expect(reportForLog(report)).toBe(report);
  });

  it('fits a line whatever the size of the report, and says how many items are missing', () => {
    const logged = reportForLog(reportOf(5_000));

    expect(Buffer.byteLength(JSON.stringify(logged))).toBeLessThan(200_000);
    expect(logged.items.length).toBeGreaterThan(1_000);
    expect(logged.items.length + (logged.itemsOmitted ?? 0)).toBe(5_000);
    expect(logged.counts).toEqual({ planned: 5_000 });
  });

  it('keeps every failed item in sight', () => {
    const logged = reportForLog(reportOf(5_000, [4_990, 4_999]));

    expect(logged.items.slice(0, 2).map((item) => item.ref)).toEqual([
      'dev/team-40/Deployment/service-4990',
      'dev/team-49/Deployment/service-4999',
    ]);
  });

  it('measures bytes, not characters', () => {
    const logged = reportForLog(reportOf(2_000, [], 'schläft über Nacht 🌙'.repeat(5)));

    expect(Buffer.byteLength(JSON.stringify(logged))).toBeLessThan(200_000);
  });

  it('leaves out one monstrous item and keeps the others', () => {
    const report = reportOf(3);
    const logged = reportForLog({ ...report, items: [{ ref: 'big', action: 'skipped', reason: 'x'.repeat(300_000) }, ...report.items] });

    expect(logged.items).toEqual(report.items);
    expect(logged.itemsOmitted).toBe(1);
  });
});
