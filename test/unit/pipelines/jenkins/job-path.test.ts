import { describe, expect, it } from 'vitest';
import { jobPath } from '../../../../lib/pipelines/jenkins/job-path.ts';

describe('the path of a job', () => {
  it.each([
    ['deploy', '/job/deploy'],
    ['shop/deploy', '/job/shop/job/deploy'],
    ['/shop/deploy/', '/job/shop/job/deploy'],
    ['job/shop/job/deploy', '/job/shop/job/deploy'],
    ['/job/shop/job/a%20b/', '/job/shop/job/a%20b'],
    ['job/50%', '/job/50%25'],
    ['shop/Zahlung prüfen?', '/job/shop/job/Zahlung%20pr%C3%BCfen%3F'],
    ['shop/feature%2Fx', '/job/shop/job/feature%252Fx'],
    ['job', '/job/job'],
    ['shop/job/deploy', '/job/shop/job/job/job/deploy'],
  ])('of %s is %s', (job, path) => {
    expect(jobPath(job)).toBe(path);
  });

  it.each(['', '/', 'shop//deploy', 'shop/../admin', '.', 'shop/ '])('of %j is refused', (job) => {
    expect(() => jobPath(job)).toThrow(/cannot be a job/);
  });
});
