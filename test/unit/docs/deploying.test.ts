import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALARM_KINDS } from '../../../infra/constructs/alarm-rules.ts';
import { executionPermissions } from '../../../infra/policies/execution.ts';
import { schedulerPermissions } from '../../../infra/policies/scheduler.ts';
import { METRIC_NAMES } from '../../../lib/platform/metrics-sink.ts';
import { fleetFile, synthesise, wholeFile } from '../../infra/stage.ts';

const page = readFileSync(new URL('../../../docs/deploying.md', import.meta.url), 'utf8');
const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
const numbers = ['seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'];

describe('the page on deploying', () => {
  const { stacks } = synthesise(wholeFile);
  const ofFunctions = stacks.flatMap(({ automations }) => automations.flatMap(({ role }) => role.permissions));
  const fleet = synthesise(fleetFile(60)).stacks.flatMap(({ automations }) => automations.flatMap(({ role }) => role.permissions));
  const all = [...ofFunctions, ...fleet, ...executionPermissions({ logGroupArn: 'log', functionArn: 'function', inVpc: true })];

  it('explains every statement of a role, with every action, and no statement that is not there', () => {
    const rows = [...page.matchAll(/^\| `([A-Z]\w+)` +\| ((?:`[\w:-]+`(?:, )?)+) +\|/gm)].map(([, sid, actions = '']) => [
      sid,
      actions.match(/[\w-]+:\w+/g)?.sort(),
    ]);
    const granted = new Map(all.map(({ sid, actions }) => [sid, [...actions].sort()]));

    expect(new Map(rows as [string, string[]][])).toEqual(granted);
  });

  it("explains the Scheduler's role", () => {
    for (const { sid, actions } of schedulerPermissions('function', 'queue')) {
      expect(page).toContain(`\`${sid}\``);
      for (const action of actions) expect(page).toContain(`\`${action}\``);
    }
  });

  it('counts the alarms and metrics that cost money', () => {
    expect(page).toContain(`${numbers[ALARM_KINDS.length - 7]} alarms (`);
    expect(page).toContain(`${numbers[METRIC_NAMES.length - 7]} metrics (`);
  });
});

describe('the runbook', () => {
  it('has an entry for each kind of alarm and no other', () => {
    expect([...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([...ALARM_KINDS]);
  });

  it('links only to entries that it has', () => {
    for (const [, anchor] of runbook.matchAll(/\]\(#([\w-]+)\)/g)) expect(ALARM_KINDS).toContain(anchor);
  });
});
