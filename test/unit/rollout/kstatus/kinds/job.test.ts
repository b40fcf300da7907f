import { describe, expect, it } from 'vitest';
import { kstatusMessage, kstatusTold } from '../../../../support/rollout/told.ts';
import { aJob, LONG_AGO } from '../../../../support/vectors/status-objects.ts';

describe('the conditions of a Job', () => {
  it.each([
    [['Complete=True'], 'Current', 'Job Completed. succeeded: 0/1'],
    [['Failed=True BackoffLimitExceeded'], 'Failed (JobFailed)', 'Job Failed. failed: 0/1'],
    [['Complete=True', 'Failed=True'], 'Current', 'Job Completed. succeeded: 0/1'],
    [['Failed=True', 'Complete=True'], 'Failed (JobFailed)', 'Job Failed. failed: 0/1'],
    [['Complete=False', 'Failed=True'], 'Failed (JobFailed)', 'Job Failed. failed: 0/1'],
    [['Failed=False'], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
    [['Failed=Unknown'], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
    [['FailureTarget=True'], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
    [['SuccessCriteriaMet=True'], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
    [['complete=True', 'failed=True'], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
    [[], 'Current', 'Job in progress. success:0, active: 0, failed: 0'],
  ])('%j: %s', (conditions, expected, message) => {
    expect(kstatusTold(aJob(conditions))).toBe(expected);
    expect(kstatusMessage(aJob(conditions))).toBe(message);
  });

  it('are told with what succeeded and failed of how many', () => {
    const counts = { spec: { completions: 5, parallelism: 2 }, status: { succeeded: 5, active: 1, failed: 2 } };

    expect(kstatusMessage(aJob(['Complete=True'], counts))).toBe('Job Completed. succeeded: 5/5');
    expect(kstatusMessage(aJob(['Failed=True'], { ...counts, spec: { parallelism: 2 } }))).toBe('Job Failed. failed: 2/2');
    expect(kstatusMessage(aJob([], counts))).toBe('Job in progress. success:5, active: 1, failed: 2');
  });

  it('count before it has started, too', () => {
    const notStarted = { status: { startTime: undefined } };

    expect(kstatusTold(aJob(['Complete=True'], notStarted))).toBe('Current');
    expect(kstatusTold(aJob(['Failed=True'], notStarted))).toBe('Failed (JobFailed)');
    expect(kstatusTold(aJob(['FailureTarget=True'], notStarted))).toBe('InProgress (JobNotStarted)');
  });
});

describe('a suspended Job', () => {
  it.each([
    [['Suspended=True JobSuspended'], true, 'Current'],
    [['Suspended=True JobSuspended'], false, 'InProgress (JobNotStarted)'],
    [['Suspended=True JobSuspended'], undefined, 'InProgress (JobNotStarted)'],
    [['Suspended=True JobSuspended'], 'true', 'InProgress (JobNotStarted)'],
    [['Suspended=False JobResumed'], true, 'InProgress (JobNotStarted)'],
    [[], true, 'InProgress (JobNotStarted)'],
    [['Failed=True', 'Suspended=True'], true, 'Failed (JobFailed)'],
    [['Suspended=True', 'Failed=True'], true, 'Current'],
    [['Suspended=True', 'Failed=True'], false, 'Failed (JobFailed)'],
  ])('%j with suspend %j: %s', (conditions, suspend, expected) => {
    expect(kstatusTold(aJob(conditions, { spec: { suspend }, status: { startTime: undefined } }))).toBe(expected);
  });
});

describe('the start of a Job', () => {
  it.each([
    [LONG_AGO, 'Current'],
    ['yesterday', 'Current'],
    ['', 'InProgress (JobNotStarted)'],
    [null, 'InProgress (JobNotStarted)'],
    [7, 'InProgress (JobNotStarted)'],
    [undefined, 'InProgress (JobNotStarted)'],
  ])('%j: %s', (startTime, expected) => {
    expect(kstatusTold(aJob([], { status: { startTime } }))).toBe(expected);
  });
});
