import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const NIGHT = ['--at', '2026-03-30T20:00:00Z', '--default-uptime', 'Mon-Fri 07:00-19:00 Europe/Berlin'];

function object(kind: string, name: string, more: { readonly annotations?: object; readonly spec?: object } = {}): object {
  return { kind, metadata: { name, namespace: 'shop', annotations: more.annotations ?? {} }, spec: more.spec ?? { replicas: 2 } };
}

const manifests = [
  object('Deployment', 'web'),
  object('Deployment', 'asleep', { spec: { replicas: 0 } }),
  object('StatefulSet', 'db', { annotations: { 'downscaler/exclude': 'true' } }),
  object('CronJob', 'mail', { spec: { suspend: false } }),
  object('Deployment', 'broken', { annotations: { 'downscaler/uptime': 'sometimes' } }),
  object('Service', 'web'),
]
  .map((each) => stringify(each))
  .join('---\n');

function broken(count: number, uptime: (index: number) => string): string {
  const objects = Array.from({ length: count }, (_, index) =>
    object('Deployment', `w${index}`, { annotations: { 'downscaler/uptime': uptime(index) } }),
  );
  return objects.map((each) => stringify(each)).join('---\n');
}

describe('plan -f', () => {
  it('shows what changes and why, then one line that sums it up', async () => {
    const result = await runCli(['plan', '-f', '-', ...NIGHT], { stdin: manifests });

    const lines = result.stdout.trimEnd().split('\n');
    expect(result.exitCode).toBe(0);
    expect(lines[0]).toMatch(/^NAMESPACE +WORKLOAD +ACTION +SIZE +WHY$/);
    expect(result.stdout).toMatch(/^shop +CronJob\/mail +sleep +running -> suspended +outside its uptime$/m);
    expect(result.stdout).toMatch(/^shop +Deployment\/web +sleep +2 -> 0 +outside its uptime$/m);
    expect(result.stdout).not.toContain('Deployment/asleep');
    expect(lines.at(-1)).toMatch(/^2 to sleep, /);
  });

  it('shows every workload with --all', async () => {
    const result = await runCli(['plan', '-f', '-', '--all', ...NIGHT], { stdin: manifests });

    expect(result.stdout).toMatch(/^shop +Deployment\/asleep +none +0 /m);
    expect(result.stdout).not.toContain('Service');
  });

  it('warns of what someone should mend on standard error, and decides about everything else', async () => {
    const result = await runCli(['plan', '-f', '-', '-o', 'json', ...NIGHT], { stdin: manifests });

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toMatch(/^warning: shop\/Deployment\/broken: downscaler\/uptime: /);
    expect((result.json() as { items: { name: string; to: number }[] }).items.find(({ name }) => name === 'broken')).toMatchObject({
      to: 2,
    });
  });

  it('tells one cause once, however many workloads it touches', async () => {
    const result = await runCli(['plan', '-f', '-'], { stdin: broken(3, () => 'x') });

    expect(result.stderr).toMatch(/^warning: shop\/Deployment\/w0 and 2 more: downscaler\/uptime: /);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('does not drown a terminal in warnings', async () => {
    const result = await runCli(['plan', '-f', '-'], { stdin: broken(50, (index) => `x${index}`) });

    expect(result.stderr.trimEnd().split('\n')).toHaveLength(21);
    expect(result.stderr).toContain('30 more like these');
  });

  it('puts several -f together, an object that is given twice once', async () => {
    const folder = await folderWith({
      'a.yaml': stringify(object('Deployment', 'web')),
      'b/b.yaml': stringify(object('Deployment', 'web', { spec: { replicas: 5 } })),
    });

    const result = await runCli(['plan', '-f', `${folder}/a.yaml`, '-f', `${folder}/b`, '-o', 'json', ...NIGHT]);

    expect(result.json()).toMatchObject({ items: [{ name: 'web', from: 5 }] });
  });

  it('has exactly the promised fields, and no others without a reason', async () => {
    const result = await runCli(['plan', '-f', '-', '-o', 'json', ...NIGHT], { stdin: stringify(object('Deployment', 'web')) });

    expect(result.json()).toEqual({
      items: [
        {
          kind: 'Deployment',
          namespace: 'shop',
          name: 'web',
          action: 'sleep',
          from: 2,
          to: 0,
          original: 2,
          reason: 'outside its uptime',
          spec: 'Mon-Fri 07:00-19:00 Europe/Berlin',
          scope: 'command line',
        },
      ],
      notices: [],
    });
  });

  it('has in JSON everything that is said on standard error, in the shape of a report', async () => {
    const namespace = { kind: 'Namespace', metadata: { name: 'shop', annotations: { 'downscaler/uptime': 'sometimes' } } };
    const stdin = [namespace, object('Deployment', 'web'), object('DaemonSet', 'agent')].map((each) => stringify(each)).join('---\n');

    const result = await runCli(['plan', '-f', '-', '-o', 'json', '--exclude-namespaces', 'sho', ...NIGHT], { stdin });

    const { notices } = result.json() as { readonly notices: readonly { readonly reason: string }[] };
    expect(notices).toEqual([
      { ref: 'manifests', action: 'warning', reason: expect.stringMatching(/^1 DaemonSet passed over/) },
      { ref: 'manifests/configuration', action: 'warning', reason: expect.stringContaining('filter sho matches only part of shop') },
      { ref: 'manifests/Namespace/shop', action: 'problem', reason: expect.stringMatching(/^namespace shop: downscaler\/uptime: /) },
    ]);
    for (const { reason } of notices) expect(result.stderr).toContain(reason);
  });

  it('tells of a filter that matches part of a namespace also when the manifests hold no Namespace', async () => {
    const result = await runCli(['plan', '-f', '-', '--exclude-namespaces', 'sho'], { stdin: stringify(object('Deployment', 'web')) });

    expect(result.stderr).toContain('the namespace filter sho matches only part of shop, which is not excluded');
  });

  it('says that there is nothing in an empty list', async () => {
    const result = await runCli(['plan', '-f', '-'], { stdin: 'kind: List\nitems: []\n' });

    expect(result).toMatchObject({ exitCode: 0, stdout: 'no workloads\n' });
  });

  it('is bad input when a file cannot be read, with the line in the message', async () => {
    const result = await runCli(['plan', '-f', '-', '-o', 'json'], { stdin: 'kind: Deployment\nmetadata: {name: web\n' });

    expect(result.exitCode).toBe(2);
    expect(result.json()).toEqual({ error: { code: 'bad_input', message: expect.stringContaining('line 3'), hint: expect.any(String) } });
  });

  it.each([
    ['an instant that is none', ['-f', '-', '--at', 'yesterday'], /--at .*ISO 8601/],
    ['an instant without zone', ['-f', '-', '--at', '2026-03-30T12:00:00'], /no zone/],
    ['a day that does not exist', ['-f', '-', '--at', '2026-02-30T12:00:00Z'], /no such day/],
    ['a file that is not there', ['-f', '/nowhere/at/all.yaml'], /no such file/],
    ['a schedule that cannot be read', ['-f', '-', '--default-uptime', 'bogus'], /uptime \(command line\) cannot be used/],
    ['a default zone that does not exist', ['-f', '-', '--default-timezone', 'Nowhere/City'], /the default time zone cannot be read/],
    ['a filter that is no regular expression', ['-f', '-', '--exclude-namespaces', 'a('], /Unterminated group/],
    ['manifests and a cluster', ['-f', '-', '--context', 'dev'], /not of both/],
  ])('refuses %s with exit code 2 and a hint', async (_, flags, message) => {
    const result = await runCli(['plan', '-o', 'json', ...flags], { stdin: manifests });

    expect(result.exitCode).toBe(2);
    const { error } = result.json() as { readonly error: { readonly message: string; readonly hint?: string } };
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/\S/);
  });

  it('refuses a directory without manifests with exit code 2 and a hint', async () => {
    const folder = await folderWith({ 'README.md': 'nothing to decide' });

    const result = await runCli(['plan', '-f', folder]);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toMatch(/^error: .* holds no .yaml, .yml or .json file\nhint: /);
  });
});
