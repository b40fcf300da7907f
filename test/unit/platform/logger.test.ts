import { afterEach, describe, expect, it, vi } from 'vitest';
import { LOG_LEVELS, type LogLevel } from '../../../lib/platform/log.ts';
import { logWith } from '../../../lib/platform/log-with.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { recordingStream } from '../../support/recorders.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('createLog', () => {
  it('writes one JSON line per message, with the job and the fields', () => {
    const out = recordingStream();

    createLog({ job: 'scale-dev-nightly', stream: out.stream }).info('workload sleeps', { cluster: 'dev', from: 3, to: 0 });

    expect(out.json()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'workload sleeps',
        service: 'scale-dev-nightly',
        cluster: 'dev',
        from: 3,
        to: 0,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      }),
    ]);
  });

  it('says whether it writes debug lines, also when Lambda is told to write fewer', () => {
    const { stream } = recordingStream();
    const says = (level: LogLevel): boolean | undefined => logWith(createLog({ job: 'j', level, stream }), { runId: 'r' }).writesDebug;

    expect(LOG_LEVELS.map(says)).toEqual([true, false, false, false, false]);
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'WARN');
    expect(says('debug')).toBe(false);
  });

  it('does not even look at the fields of a debug line that it would not write', () => {
    const { stream, text } = recordingStream();
    const fields = {
      get costly(): string {
        throw new Error('somebody looked');
      },
    };

    createLog({ job: 'j', stream }).debug('kubernetes request', fields);

    expect(text()).toBe('');
  });

  it.each([
    ['debug', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
    ['info', ['INFO', 'WARN', 'ERROR']],
    ['warn', ['WARN', 'ERROR']],
    ['error', ['ERROR']],
    ['silent', []],
  ] as const)('at level %s writes %j', (level, written) => {
    const out = recordingStream();
    const log = createLog({ job: 'j', level, stream: out.stream });

    for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method]('hello');

    expect(out.json().map((line) => line.level)).toEqual(written);
  });

  it.each(['', 'true'])('sends every level to its stream and nothing to the process (POWERTOOLS_DEV=%j)', (dev) => {
    vi.stubEnv('POWERTOOLS_DEV', dev);
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const out = recordingStream();
    const log = createLog({ job: 'j', level: 'debug', stream: out.stream });

    for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method]('hello');

    expect([stdout.mock.calls.length, stderr.mock.calls.length]).toEqual([0, 0]);
    expect(out.text().match(/hello/g)).toHaveLength(4);
  });

  it('writes to stdout, where Lambda collects, unless told otherwise', () => {
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

    createLog({ job: 'j' }).error('hello');

    expect(stdout.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown)).toMatchObject([{ message: 'hello' }]);
  });

  it('shows no credential, in no message, field, error or cause', () => {
    const out = recordingStream();
    const log = createLog({ job: 'j', stream: out.stream });
    const cause = Object.assign(new Error('GET https://b/k?X-Amz-Signature=planted'), {
      config: { headers: { Authorization: 'planted' } },
    });

    log.error('refused Bearer planted', {
      error: new Error('token k8s-aws-v1.planted was refused', { cause }),
      headers: { authorization: 'planted', cookie: 'planted' },
      webhook: new Secret('planted'),
    });

    expect(out.text()).not.toContain('planted');
    expect(out.json()).toMatchObject([{ error: { name: 'Error', cause: { name: 'Error' } }, webhook: '[redacted]' }]);
  });

  it('keeps a field that is named like one of its own', () => {
    const out = recordingStream();

    createLog({ job: 'j', stream: out.stream }).info('hello', { message: 'inner', level: 3, timestamp: 'then' });

    expect(out.json()).toEqual([
      expect.objectContaining({ level: 'INFO', message: 'hello', field_message: 'inner', field_level: 3, field_timestamp: 'then' }),
    ]);
  });

  it('keeps nothing of one line for the next', () => {
    const out = recordingStream();
    const log = createLog({ job: 'j', stream: out.stream });

    log.info('first', { cluster: 'dev' });
    log.info('second');

    expect(out.json()[1]).not.toHaveProperty('cluster');
  });
});

describe('logWith', () => {
  it('adds fields to every level, and lets the line win', () => {
    const out = recordingStream();
    const log = logWith(createLog({ job: 'j', level: 'debug', stream: out.stream }), { runId: 'r-1', cluster: 'dev' });

    log.debug('a');
    log.info('b', { cluster: 'prod' });
    log.warn('c');
    log.error('d');

    expect(out.json().map((line) => [line.message, line.runId, line.cluster])).toEqual([
      ['a', 'r-1', 'dev'],
      ['b', 'r-1', 'prod'],
      ['c', 'r-1', 'dev'],
      ['d', 'r-1', 'dev'],
    ]);
  });
});
