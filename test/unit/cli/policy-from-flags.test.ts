import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type PolicyRequest, policyFromFlags } from '../../../bin/policy-from-flags.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { type SleepPolicy, sleepPolicySchema } from '../../../lib/sleep/policy.ts';
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

async function policyOf(flags: PolicyRequest, env: Record<string, string> = {}, unchecked = false): Promise<SleepPolicy> {
  return policyFromFlags(flags, { env, stdin: Readable.from([]), clock: systemClock }, { unchecked });
}

describe('the policy of a command line', () => {
  it('is the default policy without flags and environment', async () => {
    expect(await policyOf({})).toEqual(sleepPolicySchema.parse({}));
  });

  it('puts the flags before the environment, each a scope of its own', async () => {
    const env = { DEFAULT_UPTIME: 'always', DOWNSCALE_PERIOD: '', UPSCALE_PERIOD: 'never', DEFAULT_TIMEZONE: 'UTC' };

    const policy = await policyOf({ defaultUptime: 'Mon-Fri 07:00-19:00', defaultDowntime: 'never' }, env);

    expect(policy.scopes).toEqual([
      { label: 'command line', uptime: 'Mon-Fri 07:00-19:00', downtime: 'never' },
      { label: 'environment', uptime: 'always', upscalePeriod: 'never' },
    ]);
    expect(policy.defaultTimezone).toBe('UTC');
  });

  it('reads a policy file, whose values stand between flags and environment', async () => {
    const file =
      'dialect: py\ngracePeriodSeconds: 60\ndefaultTimezone: Europe/Berlin\nscopes: [{label: team, downtime: "Sat-Sun 00:00-24:00"}]\n';
    const folder = await folderWith({ 'policy.yaml': file });

    const policy = await policyOf(
      { policy: `${folder}/policy.yaml`, gracePeriod: 5, defaultDowntime: 'never' },
      { DEFAULT_DOWNTIME: 'always', DEFAULT_TIMEZONE: 'UTC' },
    );

    expect(policy).toMatchObject({ dialect: 'py', gracePeriodSeconds: 5, defaultTimezone: 'Europe/Berlin' });
    expect(policy.scopes.map(({ label }) => label)).toEqual(['command line', 'team', 'environment']);
  });

  it('reports every problem of a policy file together, with its path', async () => {
    const folder = await folderWith({ 'policy.json': '{"dialect":"ruby","gracePeriodSeconds":-1,"colour":"red","excludeNames":["("]}' });

    const message = await policyOf({ policy: `${folder}/policy.json` }).then(String, (error: Error) => error.message);

    for (const part of [
      'policy.json is not a sleep policy',
      'dialect: ',
      'gracePeriodSeconds: ',
      'colour: unknown field',
      'excludeNames[0]: is not a regular expression',
    ]) {
      expect(message).toContain(part);
    }
  });

  it.each([
    [{ defaultUptime: 'bogus' }, {}, 'uptime (command line) cannot be used'],
    [{ defaultUptime: '' }, {}, 'uptime (command line) cannot be used'],
    [{ defaultUptime: 'Mon-Fri 07:00-19:00' }, {}, 'uptime (command line) cannot be used'],
    [{ defaultUptime: 'never,Mon-Fri 07:00-19:00' }, {}, 'uptime (command line) cannot be used'],
    [{ defaultUptime: 'bogus' }, { DEFAULT_TIMEZONE: 'Nowhere' }, 'uptime (command line) cannot be used'],
    [{ defaultTimezone: 'Mars/Olympus' }, {}, 'the default time zone cannot be read'],
    [{ defaultWeekframe: 'weekdays' }, {}, 'the default weekdays cannot be read'],
  ])('refuses %j with %j before anything happens', async (flags, env, why) => {
    await expect(policyOf(flags, env as Record<string, string>)).rejects.toThrow(why);
  });

  it('takes a typed schedule whose first item decides, as schedule test does', async () => {
    expect((await policyOf({ defaultUptime: 'always,Mon-Fri 07:00-19:00' })).scopes).toHaveLength(1);
    const now = { defaultUptime: 'Mon-Fri 07:00-19:00 UTC,09:00-10:00', at: Date.parse('2026-03-30T12:00:00Z') };
    expect((await policyOf(now)).scopes).toHaveLength(1);
    await expect(policyOf({ ...now, at: Date.parse('2026-03-30T20:00:00Z') })).rejects.toThrow('uptime (command line) cannot be used');
  });

  it.each([
    [{}, { DEFAULT_DOWNTIME: 'Mon-Fri 19:00-07:00' }],
    [{}, { DEFAULT_TIMEZONE: 'Nowhere', DEFAULT_WEEKFRAME: 'weekdays' }],
    [{ defaultUptime: '07:00-19:00' }, { DEFAULT_TIMEZONE: 'Nowhere', DEFAULT_WEEKFRAME: 'weekdays' }],
    [{ defaultTimezone: 'UTC', defaultUptime: 'Mon-Fri 07:00-19:00' }, { DEFAULT_TIMEZONE: 'Nowhere' }],
  ])('takes %j though the environment says %j: the run keeps awake what that concerns', async (flags, env) => {
    expect(await policyOf(flags, env as unknown as Record<string, string>)).toMatchObject({ version: 1 });
  });

  it('takes any schedule where it decides nothing', async () => {
    expect((await policyOf({ defaultUptime: 'bogus', defaultTimezone: 'Nowhere' }, {}, true)).scopes).toEqual([
      { label: 'command line', uptime: 'bogus' },
    ]);
  });

  it('takes every flag to where it belongs, lists comma separated and repeated', async () => {
    const manifest = 'kind: Deployment\nmetadata: {name: web, namespace: shop, labels: {team: a}}\nspec: {replicas: 3}\n';
    const sleeps = async (...flags: string[]): Promise<boolean> => {
      const result = await runCli(['plan', '-f', '-', '-o', 'json', '--default-downtime', 'always', ...flags], { stdin: manifest });
      return (result.json() as { items: { action: string }[] }).items.some(({ action }) => action === 'sleep');
    };

    expect(await sleeps()).toBe(true);
    expect(await sleeps('--exclude-namespaces', 'x{1,2},sh.*')).toBe(false);
    expect(await sleeps('--exclude-namespaces', 'sh')).toBe(true);
    expect(await sleeps('--exclude-deployments', 'a', '--exclude-names', 'web')).toBe(false);
    expect(await sleeps('--matching-labels', 'team=b', '--matching-labels', 'team=c')).toBe(false);
    expect(await sleeps('--matching-labels', 'team=b,team=a')).toBe(true);
    expect(await sleeps('-n', 'other')).toBe(false);
    expect(await sleeps('--namespace', 'other,shop')).toBe(true);
    expect(await sleeps('--kinds', 'cronjobs,statefulset')).toBe(false);
    expect(await sleeps('--include-kinds', 'deploy')).toBe(true);
  });

  it('keeps as many replicas as either spelling of the flag says', async () => {
    for (const flag of ['--downtime-replicas', '--downscale-replicas']) {
      const stdin = 'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n';

      const result = await runCli(['plan', '-f', '-', '-o', 'json', '--default-downtime', 'always', flag, '1'], { stdin });

      expect(result.json()).toMatchObject({ items: [{ from: 3, to: 1, original: 3 }] });
    }
  });
});
