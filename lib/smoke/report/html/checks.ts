import type { AssertionResult } from '../../assertion-result.ts';
import { fails } from '../../run/classify.ts';
import type { Attempt, CheckResult, SuiteResult } from '../../suite-result.ts';
import { Markup, markup } from '../markup.ts';
import { span } from '../words.ts';
import { phaseText } from './bars.ts';

/** At each end of a long list. */
const MOST_ATTEMPTS = 20;

/** Every check with all that is known of it; those that did not simply pass are open. */
export function checkList(result: SuiteResult): Markup {
  const from = Date.parse(result.startedAt);
  return markup`<h2>Checks</h2>\n${result.checks.map((check, index) => details(check, { id: `check-${index + 1}`, from }))}`;
}

function details(check: CheckResult, { id, from }: { readonly id: string; readonly from: number }): Markup {
  const { name, kind, outcome, optional, reason, durationMs, attempts, curl } = check;
  const tried = attempts.length === 1 ? '' : `, ${attempts.length} attempts`;
  const line = attempts.length === 0 ? kind : `${kind}, ${span(durationMs)}${tried}`;
  const isOpen = outcome !== 'passed' && outcome !== 'skipped';
  return markup`<details id="${id}"${isOpen ? new Markup(' open') : undefined}><summary><span class="pill ${outcome}">${outcome}</span> <span class="name">${name}</span> <span class="dim">${line}${optional ? ', optional' : ''}</span></summary>
<div class="inner">${reason === undefined ? undefined : markup`<p class="reason">${reason}</p>`}${attemptList(attempts, from)}${curl === undefined ? undefined : markup`<p class="dim">Ask again:</p><pre>${curl}</pre>`}</div></details>
`;
}

function attemptList(attempts: readonly Attempt[], from: number): readonly Markup[] {
  if (attempts.length <= 2 * MOST_ATTEMPTS) return attempts.map((attempt) => attemptPart(attempt, from));
  const left = attempts.length - 2 * MOST_ATTEMPTS;
  return [
    ...attempts.slice(0, MOST_ATTEMPTS).map((attempt) => attemptPart(attempt, from)),
    markup`<p class="dim">${left} more attempts are in the JSON report.</p>`,
    ...attempts.slice(-MOST_ATTEMPTS).map((attempt) => attemptPart(attempt, from)),
  ];
}

function attemptPart(attempt: Attempt, from: number): Markup {
  const { number, startedAt, ok, failure, message, status, remoteAddress, assertions, hops } = attempt;
  const facts = [
    `${span(startedAt - from)} after the start`,
    phaseText(attempt),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(remoteAddress === undefined ? [] : [remoteAddress]),
  ].join(', ');
  const way = (hops ?? []).map(
    (hop) => markup`<li><span>→</span><span class="mono">${hop.status} ${hop.url} (${span(hop.durationMs)})</span></li>`,
  );
  return markup`<p class="attempt"><strong>Attempt ${number}</strong> <span class="${ok ? 'passed' : 'failed'}">${ok ? 'ok' : `failed: ${failure ?? 'unknown'}`}</span> <span class="dim">${facts}</span></p>
${message === undefined ? undefined : markup`<p class="reason">${message}</p>`}<ul>${way}${assertions.map(assertionItem)}</ul>
`;
}

function assertionItem(result: AssertionResult): Markup {
  const { assertion, expected, actual, degraded } = result;
  if (fails(result)) {
    return markup`<li class="failed"><span>✗</span><span class="mono">${assertion}: expected ${expected}, got ${actual}</span></li>`;
  }
  const [style, mark] = degraded === true ? ['degraded', '!'] : ['passed', '✓'];
  return markup`<li><span class="${style}">${mark}</span><span class="mono">${assertion}: <span class="dim">${actual}</span></span></li>`;
}
