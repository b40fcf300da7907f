import { describe, expect, it } from 'vitest';
import { slackText } from '../../../lib/notify/slack-message.ts';

const base = { title: 'title', lines: [], severity: 'info', runId: 'r', job: 'j' } as const;

describe('slackText', () => {
  it('lets no text become a link or a mention', () => {
    const text = slackText({ ...base, title: '<!channel> & <https://evil|click>', lines: ['<@U123>'], job: '<j>', runId: '<r>' });

    expect(text).not.toMatch(/[<>]/);
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil|click&gt;');
  });

  it('keeps each item on one line of bearable length', () => {
    const text = slackText({ ...base, title: 'two\nlines', lines: ['a\r\n\tb', 'x'.repeat(10_000)] });
    const lines = text.split('\n');

    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('*two lines*');
    expect(lines[1]).toBe('• a b');
    expect(lines[2]).toHaveLength(503);
  });

  it.each([
    ['info', ':information_source:'],
    ['warning', ':warning:'],
    ['critical', ':rotating_light:'],
  ] as const)('opens a %s message with %s', (severity, emoji) => {
    expect(slackText({ ...base, severity }).startsWith(`${emoji} *title*`)).toBe(true);
  });
});
