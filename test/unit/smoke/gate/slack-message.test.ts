import { describe, expect, it } from 'vitest';
import { aCheckResult, aMixedResult, aSuiteResult } from '../report/results.ts';
import { slackMessageOf } from '../slack-message-of.ts';

describe('the message for Slack', () => {
  it('begins with the first failing assertion: expected, actual, and how to ask again', async () => {
    const [title, first] = (await slackMessageOf(aMixedResult())).split('\n');

    expect(title).toContain('check login: jsonPath $.version equals "2.4.1": expected equals "2.4.1", got "2.4.0"');
    expect(first).toContain(`curl -sS -i -X POST --data-raw '{"user":"me"}' https://shop.example.com/login`);
  });

  it('names what else failed, and counts the rest', async () => {
    const failed = Array.from({ length: 13 }, (_, index) =>
      aCheckResult({ name: `c${index}`, outcome: 'error', reason: 'no answer', attempts: [] }),
    );

    const lines = (await slackMessageOf(aSuiteResult(failed))).split('\n');

    expect(lines[1]).toContain('check c0: no answer');
    expect(lines.slice(-3, -1)).toEqual(['• check c9: no answer', '• and 3 more']);
  });

  it('says what was left out only after what it was left out for', async () => {
    const skipped = aCheckResult({ name: 'first', outcome: 'skipped', reason: 'not run', attempts: [] });
    const failed = aCheckResult({ name: 'second', outcome: 'error', reason: 'no answer', attempts: [] });

    expect((await slackMessageOf(aSuiteResult([skipped, failed]))).split('\n')[0]).toContain('check second: no answer');
    expect((await slackMessageOf(aSuiteResult([skipped], { status: 'failed' }))).split('\n')[0]).toContain('check first: not run');
  });

  it('has a title of one line', async () => {
    expect((await slackMessageOf(aMixedResult())).split('\n')[0]).toMatch(
      /^:rotating_light: \*post-deploy-smoke failed: suite shop is not proved: .*\*$/,
    );
  });
});
