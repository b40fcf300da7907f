import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../lib/platform/log.ts';
import { createMetrics } from '../../../lib/platform/metrics.ts';
import { METRIC_NAMES, METRIC_NAMESPACE } from '../../../lib/platform/metrics-sink.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function publish(add: (metrics: ReturnType<typeof createMetrics>) => void): Record<string, unknown>[] {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const metrics = createMetrics({ job: 'scale-dev-nightly', stage: 'dev' }, silentLog);
  add(metrics);
  return stdout.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
}

describe('createMetrics', () => {
  it('prints one line in the embedded metric format, by job and stage only', () => {
    const lines = publish((metrics) => {
      metrics.add('Changed', 12);
      metrics.add('Duration', 1_500);
      metrics.add('SavedPerHour', 1.2351);
      metrics.publish();
    });

    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: METRIC_NAMESPACE,
              Dimensions: [['job', 'stage']],
              Metrics: [
                { Name: 'Changed', Unit: 'Count' },
                { Name: 'Duration', Unit: 'Milliseconds' },
                { Name: 'SavedPerHour', Unit: 'None' },
              ],
            },
          ],
        },
        job: 'scale-dev-nightly',
        stage: 'dev',
        Changed: 12,
        Duration: 1_500,
        SavedPerHour: 1.2351,
      },
    ]);
  });

  it('knows a unit for every metric', () => {
    const [line] = publish((metrics) => {
      for (const name of METRIC_NAMES) metrics.add(name, 1);
      metrics.publish();
    });

    expect(Object.keys(line ?? {})).toEqual(expect.arrayContaining([...METRIC_NAMES]));
  });

  it('starts anew after each publish, with the same dimensions', () => {
    const lines = publish((metrics) => {
      metrics.add('Changed', 12);
      metrics.publish();
      metrics.add('Failed', 1);
      metrics.publish();
    });

    expect(lines[1]).toMatchObject({ job: 'scale-dev-nightly', stage: 'dev', Failed: 1 });
    expect(lines[1]).not.toHaveProperty('Changed');
  });
});
