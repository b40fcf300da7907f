import { createHash } from 'node:crypto';
import type { SuiteResult } from '../suite-result.ts';
import { checkList } from './html/checks.ts';
import { firstFailureCard } from './html/first-failure-card.ts';
import { STYLE } from './html/style.ts';
import { waterfall } from './html/waterfall.ts';
import { Markup, markup } from './markup.ts';
import { span } from './words.ts';

/**
 * One page for people, complete in itself: it loads nothing, runs nothing, and its own policy forbids both. What matters most stands first.
 */
export function htmlReport(result: SuiteResult): string {
  const { suite, status, summary, startedAt, durationMs, deadlineMs, warnings } = result;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${new Markup(hash)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${suite}: ${status}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1><span class="pill ${status}">${status}</span> <span class="name">${suite}</span></h1>
<p>${summary}</p>
<p class="dim">${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}, took ${span(durationMs)} of ${span(deadlineMs)} at most</p>
${firstFailureCard(result)}${warnings.map((line) => markup`<p class="warning">${line}</p>\n`)}${waterfall(result)}
${checkList(result)}</main>
</body>
</html>
`;
  return page.text;
}
