import type { Notification, Severity } from './notifier.ts';

const EMOJI: Readonly<Record<Severity, string>> = { info: ':information_source:', warning: ':warning:', critical: ':rotating_light:' };

/** Slack cuts longer texts on its own, in the middle of whatever stands there. */
const LONGEST_LINE = 500;

/** The text of a message in Slack's mrkdwn: a bold title, one bullet per line, and which run it was. */
export function slackText({ title, lines, severity, runId, job }: Notification): string {
  const head = `${EMOJI[severity]} *${oneLine(title)}*`;
  return [head, ...lines.map((line) => `• ${oneLine(line)}`), `_${escapeSlack(job)}, run ${escapeSlack(runId)}_`].join('\n');
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping: these three, so that no text becomes a link or a mention of everybody. */
function escapeSlack(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return escapeSlack(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line);
}
