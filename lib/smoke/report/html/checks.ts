import type { AssertionResult } from '../../assertion-result.ts';
import { fails } from '../../run/classify.ts';
import type { Attempt, CheckResult, SuiteResult } from '../../suite-result.ts';
import { Markup, markup } from '../markup.ts';
import { span } from '../words.ts';
import { phaseText } from './bars.ts';

/** At each end of a long list. */
const MOST_ATTEMPTS = 20;

/** Every check with all that is known of it: those that did not simply pass first, and open. */
export function checkList(result: SuiteResult): Markup {
  const from = Date.parse(result.startedAt);
  const all = result.checks.map((check, index) => ({ check, part: details(check, { id: `check-${index + 1}`, from }) }));
  const [worth, rest] = [all.filter(({ check }) => isOpen(check)), all.filter(({ check }) => !isOpen(check))];
  return markup`<h2>Checks</h2>\n${[...worth, ...rest].map(({ part }) => part)}`;
}

function isOpen({ outcome }: CheckResult): boolean {
  return outcome !== 'passed' && outcome !== 'skipped';
}

function details(check: CheckResult, { id, from }: { readonly id: string; readonly from: number }): Markup {
  const { name, kind, outcome, optional, reason, durationMs, attempts, curl } = check;
  const tried = attempts.length === 1 ? '' : `, ${attempts.length} attempts`;
  const line = attempts.length === 0 ? kind : `${kind}, ${span(durationMs)}${tried}`;
  return markup`<details id="${id}"${isOpen(check) ? new Markup(' open') : undefined}><summary><span class="pill ${outcome}">${outcome}</span> <span class="name">${name}</span> <span class="dim">${line}${optional ? ', optional' : ''}</span></summary>
<div class="inner">${reason === undefined ? undefined : markup`<p class="reason">${reason}</p>`}${attemptList(attempts, { from, reason })}${curl === undefined ? undefined : markup`<p class="dim">Ask again:</p><pre>${curl}</pre>`}</div></details>
`;
}

interface Around {
  /** Epoch milliseconds of the run's start. */
  readonly from: number;
  /** What stands above the attempts already. */
  readonly reason: string | undefined;
}

function attemptList(attempts: readonly Attempt[], around: Around): readonly Markup[] {
  if (attempts.length <= 2 * MOST_ATTEMPTS) return attempts.map((attempt) => attemptPart(attempt, around));
  const left = attempts.length - 2 * MOST_ATTEMPTS;
  return [
    ...attempts.slice(0, MOST_ATTEMPTS).map((attempt) => attemptPart(attempt, around)),
    markup`<p class="dim">${left} more attempts are in the JSON report.</p>`,
    ...attempts.slice(-MOST_ATTEMPTS).map((attempt) => attemptPart(attempt, around)),
  ];
}

function attemptPart(attempt: Attempt, { from, reason }: Around): Markup {
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
${message === undefined || message === reason ? undefined : markup`<p class="reason">${message}</p>`}<ul>${way}${assertions.map(assertionItem)}</ul>
`;
}

function assertionItem(result: AssertionResult): Markup {
  const { assertion, actual, degraded } = result;
  if (fails(result)) {
    return markup`<li class="failed"><span>✗</span><span class="mono">${assertion}: got ${actual}</span></li>`;
  }
  const [style, mark] = degraded === true ? ['degraded', '!'] : ['passed', '✓'];
  return markup`<li><span class="${style}">${mark}</span><span class="mono">${assertion}: <span class="dim">${actual}</span></span></li>`;
}
