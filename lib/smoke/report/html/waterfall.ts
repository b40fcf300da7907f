import type { SuiteResult } from '../../suite-result.ts';
import { type Markup, markup } from '../markup.ts';
import { span } from '../words.ts';
import { attemptBars, PHASES } from './bars.ts';

const MEANINGS: Readonly<Record<(typeof PHASES)[number], string>> = {
  dns: 'name',
  connect: 'connection',
  tls: 'TLS',
  wait: 'waiting for the answer',
  receive: 'receiving it',
  other: 'the rest',
};

/** Who asked when, and what the time went by with, over the whole run. */
export function waterfall(result: SuiteResult): Markup {
  const range = { from: Date.parse(result.startedAt), durationMs: result.durationMs };
  const rows = result.checks.map(
    ({ name, outcome, attempts, durationMs }, index) =>
      markup`<tr><td class="who ${outcome}" title="${name}"><a href="#check-${index + 1}">${name}</a></td><td>${attemptBars(attempts, range)}</td><td class="long">${attempts.length === 0 ? 'not run' : span(durationMs)}</td></tr>\n`,
  );
  return markup`<h2>Over time</h2>
<table class="fall">${rows}</table>
<p class="legend">${PHASES.map((phase) => entry(phase, MEANINGS[phase]))}${entry('bad', 'a failed attempt')}<span>from 0 to ${span(result.durationMs)}</span></p>`;
}

function entry(kind: string, meaning: string): Markup {
  return markup`<span><svg viewBox="0 0 1 1"><rect class="${kind}" width="1" height="1"/></svg>${meaning}</span>`;
}
