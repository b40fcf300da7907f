import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { planText, recorded } from '../terraform/documents.ts';
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const plan = (argv: readonly string[], stdin = recorded('plan-change')) => runCli(['terraform', 'plan', '-f', '-', ...argv], { stdin });

describe('nightshift terraform plan', () => {
  it('tells what is lost first, and why', async () => {
    const { exitCode, stdout, stderr } = await plan([]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`destroy terraform_data.goes  (it is not in the configuration any more)
replace terraform_data.db  (forced by triggers_replace; the provider cannot change it in place)
    id: "6cc4903b-5dad-b131-c53f-b8a631a67ac5" -> (known after apply)
    input.password: (sensitive)
    output: (sensitive) -> (known after apply)
    triggers_replace[0]: "v1" -> "v2"  # forces replacement
update  terraform_data.adopted  (imported as 9d1e2f3a)`);
    expect(stdout).toContain('keep    terraform_data.new_name  (moved from terraform_data.old_name)');
    expect(stdout).toContain('update  vpc_id  "vpc-0a1b" -> "vpc-0a1c"');
    expect(stdout).toMatch(/\n3 to create, 2 to update, 1 to replace, 1 to destroy, 1 moved, 1 to import, 18 outputs\n$/);
    expect(stdout).not.toContain('planted');
  });

  it('is one document for programs', async () => {
    const json = await plan(['-o', 'json', '--fail-on', 'replace']);
    const yaml = await plan(['-o', 'yaml']);

    expect(json.exitCode).toBe(1);
    expect(json.json()).toMatchObject({
      summary: expect.stringContaining('1 to replace'),
      counts: { replace: 1, destroy: 1 },
      changes: expect.arrayContaining([
        expect.objectContaining({
          address: 'terraform_data.db',
          action: 'replace',
          old: 'destroyed-first',
          forcedBy: ['triggers_replace'],
        }),
      ]),
      failedOn: ['replace'],
      errored: false,
    });
    expect(parse(yaml.stdout)).toMatchObject({ failedOn: [], counts: { create: 3 } });
    expect(json.stdout + yaml.stdout).not.toContain('planted');
  });

  it.each([
    [['delete'], ['destroy'], 1],
    [['delete', 'create'], ['destroy'], 1],
    [['delete', 'create'], ['replace'], 1],
    [['delete'], ['replace'], 0],
    [['update'], ['destroy', 'replace'], 0],
    [['update'], ['destroy', 'change'], 1],
    [['no-op'], ['change'], 0],
  ])('%j with --fail-on %j ends with exit code %i', async (actions, failOn, exitCode) => {
    const result = await plan(
      failOn.flatMap((each) => ['--fail-on', each]),
      planText({ actions }),
    );

    expect(result.exitCode).toBe(exitCode);
    if (exitCode === 1) expect(result.stderr).toContain(`error: the plan would do what --fail-on names: ${failOn.at(-1)}`);
  });

  it('fails for a plan that is not whole because planning failed', async () => {
    const result = await plan([], planText({ actions: ['no-op'] }, {}, { errored: true }));

    expect(result).toMatchObject({
      exitCode: 1,
      stdout: 'nothing changes\n',
      stderr: 'warning: planning failed: what is here is not all\n',
    });
  });

  it('shows drift, deposed objects and replacements that leave the old one', async () => {
    const drift = [{ address: 'aws_instance.b', change: { actions: ['delete'], before: { x: 1 }, after: null } }];

    const deposed = await plan([], planText({ actions: ['delete'] }, { deposed: 'a1' }, { resource_drift: drift }));
    const forgotten = await plan([], planText({ actions: ['create', 'forget'], importing: {} }));
    const first = await plan([], planText({ actions: ['create', 'delete'] }));
    const unknown = await plan([], planText({ actions: ['open'] }));

    expect(deposed.stdout).toContain(
      'destroy aws_instance.a  (deposed object a1)\n\nchanged outside of Terraform:\ndestroy aws_instance.b',
    );
    expect(forgotten.stdout).toContain('(imported; the old one is left alone)');
    expect(first.stdout).toContain('(the new one is made first)');
    expect(unknown).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('1 not known'),
      stderr: expect.stringContaining('aws_instance.a: open'),
    });
  });

  it('lets no control character of a value or an address reach the terminal, and cuts what is long', async () => {
    const { stdout } = await plan(
      [],
      planText({ actions: ['update'], before: { a: 'x' }, after: { a: `\u202e${'y'.repeat(200)}` } }, { address: 'a\u001b[2Jb' }),
    );

    for (const control of ['\u001b', '\u202e']) expect(stdout).not.toContain(control);
    expect(stdout).toMatch(/y{70,79}…\n/);
  });

  it('says what a file is that is no plan, and reads one with words around it', async () => {
    const folder = await folderWith({ plan: 'PK\u0003\u0004' });

    const binary = await runCli(['terraform', 'plan', '-f', join(folder, 'plan'), '-o', 'json']);
    const noisy = await plan([], `[command]terraform show\n${planText({ actions: ['create'] })}`);

    expect(binary.exitCode).toBe(2);
    expect(binary.json()).toMatchObject({ error: { code: 'bad_input', hint: 'print it first: terraform show -json PLANFILE' } });
    expect(noisy).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('1 to create'),
      stderr: expect.stringContaining('among other lines'),
    });
  });
});
