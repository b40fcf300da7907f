import type { SuiteResult } from '../../suite-result.ts';
import { firstFailure } from '../first-failure.ts';
import { type Markup, markup } from '../markup.ts';

/** What somebody who was woken has to see first: which assertion does not hold, what was expected, what came, and how to ask again. */
export function firstFailureCard(result: SuiteResult): Markup | undefined {
  const first = firstFailure(result);
  if (first === undefined) return undefined;
  const { check, attempt, assertion } = first;
  const { name, optional, outcome, reason, curl } = check;
  const pairs = assertion
    ? markup`<p class="mono">${assertion.assertion}</p><dl class="pair"><dt>expected</dt><dd><pre>${assertion.expected}</pre></dd><dt>got</dt><dd><pre>${assertion.actual}</pre></dd></dl>`
    : markup`<pre>${attempt?.message ?? reason ?? outcome}</pre>`;
  const others = result.checks.filter((each) => each.outcome === 'failed' || each.outcome === 'error').length - 1;
  const more = others > 0 ? markup`<p class="dim">${others} more ${others === 1 ? 'check' : 'checks'} failed: see below.</p>` : undefined;
  return markup`<section class="first"><h2>${optional ? 'An optional check' : 'First'} ${outcome === 'skipped' ? 'left out' : outcome === 'error' ? 'error' : 'failure'}: <a class="name" href="#check-${result.checks.indexOf(check) + 1}">${name}</a></h2>
${pairs}${curl === undefined ? undefined : markup`<p class="dim">Ask again:</p><pre>${curl}</pre>`}${more}</section>
`;
}
