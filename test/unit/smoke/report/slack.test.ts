import { describe, expect, it } from 'vitest';
import { slackLines, slackTitle } from '../../../../lib/smoke/report/slack.ts';
import { aCheckResult, aMixedResult, aSuiteResult } from './results.ts';

describe('the message for Slack', () => {
  it('begins with the first failing assertion: expected, actual, and how to ask again', () => {
    expect(slackLines(aMixedResult()).slice(0, 4)).toEqual([
      'login failed: jsonPath $.version equals "2.4.1"',
      'expected: equals "2.4.1"',
      'actual: "2.4.0"',
      `again: curl -sS -i -X POST --data-raw '{"user":"me"}' https://shop.example.com/login`,
    ]);
  });

  it('names what else did not simply pass, and counts the rest', () => {
    const failed = Array.from({ length: 9 }, (_, index) =>
      aCheckResult({ name: `c${index}`, outcome: 'error', reason: 'no answer', attempts: [] }),
    );

    const lines = slackLines(aSuiteResult(failed));

    expect(lines[0]).toBe('c0 error: no answer');
    expect(lines.slice(-2)).toEqual(['c5 error: no answer', 'and 3 more']);
  });

  it('says what was left out only after what it was left out for', () => {
    const skipped = aCheckResult({ name: 'first', outcome: 'skipped', reason: 'not run', attempts: [] });
    const failed = aCheckResult({ name: 'second', outcome: 'error', reason: 'no answer', attempts: [] });

    expect(slackLines(aSuiteResult([skipped, failed]))[0]).toBe('second error: no answer');
    expect(slackLines(aSuiteResult([skipped]))[0]).toBe('first skipped: not run');
  });

  it('has no line when there is nothing to tell', () => {
    expect(slackLines(aSuiteResult([aCheckResult()], { status: 'passed' }))).toEqual([]);
  });

  it('has a title of one line', () => {
    expect(slackTitle(aMixedResult())).toBe('smoke test shop failed: 3 of 7 checks passed');
  });
});
