import { describe, expect, it } from 'vitest';
import { cleanReport } from '../../../lib/platform/clean-report.ts';
import type { Report } from '../../../lib/platform/report.ts';

const base: Report = { job: 'a-job', runId: 'r', status: 'ok', summary: 'done', counts: {}, items: [], remaining: 0 };

describe('cleanReport', () => {
  it('takes credentials out of summary, reasons and hints', () => {
    const report = cleanReport({
      ...base,
      summary: 'refused Bearer planted-1',
      items: [{ ref: 'dev', action: 'failed', reason: 'X-Amz-Signature=planted2', hint: 'ask https://hooks.slack.com/services/planted3' }],
    });

    expect(JSON.stringify(report)).not.toContain('planted');
    expect(report.items[0]).toMatchObject({ ref: 'dev', action: 'failed', reason: 'X-Amz-Signature=[redacted]' });
  });

  it('leaves everything else as it is, and adds no field', () => {
    const items = [{ ref: 'dev/web', action: 'sleep', reason: 'downtime', from: 3, to: 0, original: null }];

    expect(cleanReport({ ...base, items })).toEqual({ ...base, items });
  });
});
