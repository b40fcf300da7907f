import { type ExecFileException, execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { MotoCaller } from './moto.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'node_modules', '.bin', 'cdk');

export interface CdkCliOptions {
  /** URL of the emulator. */
  readonly endpoint: string;
  readonly caller: MotoCaller;
  /** Takes what the CLI remembers between calls. */
  readonly home: string;
}

/** Runs the CDK's own CLI in the project, as a person would. Gives all that it wrote; rejects with it when the command fails. */
export type CdkCli = (...args: readonly string[]) => Promise<string>;

const TIMEOUT_MS = 180_000;

/** The CLI against an emulator, with nothing of this machine's AWS profile. */
export function cdkCli({ endpoint, caller, home }: CdkCliOptions): CdkCli {
  const env = {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    HOME: home,
    CDK_HOME: home,
    CDK_DISABLE_VERSION_CHECK: '1',
    CI: 'true',
    NO_COLOR: '1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The CLI names templates by URLs that moto can read only from a host that is called so.
    AWS_ENDPOINT_URL: endpoint.replace('//127.0.0.1', '//localhost'),
    AWS_REGION: caller.region,
    AWS_ACCESS_KEY_ID: caller.accessKeyId,
    AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
    ...(caller.sessionToken !== undefined && { AWS_SESSION_TOKEN: caller.sessionToken }),
  };
  return (...args) =>
    new Promise((done, fail) => {
      const finish = (error: ExecFileException | null, stdout: string, stderr: string): void => {
        const output = `${stdout}${stderr}`;
        if (error) fail(new Error(`cdk ${args.join(' ')} ended with ${error.killed ? 'a timeout' : error.code}\n${output}`));
        else done(output);
      };
      execFile(program, [...args], { cwd: root, env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 16 * 2 ** 20 }, finish);
    });
}
