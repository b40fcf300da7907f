import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../unit/cli/run-cli.ts';
import { folderWith } from '../unit/cli/temp-folder.ts';

const CONFIGURATION = `
variable "password" {
  sensitive = true
  default   = "planted-hunter2"
}
variable "trigger" { default = "v1" }
resource "terraform_data" "db" {
  input            = { password = var.password }
  triggers_replace = [var.trigger]
}
output "big" { value = 12345678901234567890123456789 }
output "tags" { value = { Name = "x <y> & 'z'" } }
output "password" {
  value     = var.password
  sensitive = true
}
`;

const program = ['terraform', 'tofu'].find((name) => spawnSync(name, ['version'], { stdio: 'ignore' }).status === 0);

/** Only what is built in: no provider has to be fetched. */
describe.runIf(program !== undefined)(`real ${program}`, () => {
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent' };
  const run = (cwd: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(program ?? '', args, { cwd, encoding: 'utf8', env: { ...env, TF_IN_AUTOMATION: '1' } });
    expect(status, stderr).toBe(0);
    return stdout;
  };

  it('has its outputs read, and its plan told', async () => {
    const folder = await folderWith({ 'main.tf': CONFIGURATION });
    run(folder, 'init', '-no-color');

    const before = await runCli(['terraform', 'outputs', '--dir', folder], { env });
    run(folder, 'apply', '-auto-approve', '-no-color');
    const outputs = await runCli(['terraform', 'outputs', '--dir', folder, '--format', 'json'], { env });
    run(folder, 'plan', '-no-color', '-var=trigger=v2', '-out=tfplan');
    const plan = await runCli(['terraform', 'plan', '-f', '-', '--fail-on', 'destroy'], { stdin: run(folder, 'show', '-json', 'tfplan') });

    expect(before).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('there are no outputs') });
    expect(outputs).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"big": 12345678901234567890123456789') });
    expect(outputs.json()).toMatchObject({ tags: { Name: "x <y> & 'z'" } });
    expect(plan).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('replace terraform_data.db  (forced by triggers_replace') });
    expect(JSON.stringify([before, outputs, plan])).not.toContain('planted');
  });

  it('says in its own words what is wrong', async () => {
    const folder = await folderWith({ 'main.tf': 'terraform {\n  backend "http" { address = "http://127.0.0.1:1/state" }\n}\n' });

    const result = await runCli(['terraform', 'outputs', '--dir', join(folder)], { env });

    expect(result).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/failed: Backend initialization required[\s\S]*hint: run terraform init there first/),
    });
  });
});
