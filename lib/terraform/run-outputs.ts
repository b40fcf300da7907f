import { ExecError } from '../exec/exec-error.ts';
import type { RunOptions } from '../exec/run.ts';
import { terraformOutput } from '../exec/terraform.ts';

export interface RunTerraformOptions extends Pick<RunOptions, 'signal' | 'timeoutMs' | 'onLine'> {
  /** Where the configuration is initialised. */
  readonly directory?: string;
  /** `terraform` unless told, or `tofu` where that is all there is. */
  readonly program?: string;
  /** What the program inherits from, within the allow-list. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A remote state is read in seconds; a lock or a login that waits for somebody is not worth more. */
const DEFAULT_TIMEOUT_MS = 2 * 60_000;

export interface TerraformRun {
  /** Standard output as it was, secrets included. */
  readonly text: string;
  /** What was run. */
  readonly command: string;
}

/** Runs `terraform output -json`; standard error stays apart from it. @throws ExecError, with Terraform's own words in it */
export async function runTerraformOutputs({ directory, program, environment, ...options }: RunTerraformOptions): Promise<TerraformRun> {
  try {
    const { stdout, command } = await terraformOutput({
      timeoutMs: DEFAULT_TIMEOUT_MS,
      ...options,
      env: { from: environment },
      ...(directory !== undefined && { cwd: directory }),
      ...(program !== undefined && { program }),
    });
    return { text: stdout.wholeText(), command };
  } catch (error) {
    throw error instanceof ExecError ? withOwnHint(error) : error;
  }
}

/** The last line of Terraform's complaint is a frame; the one that says what is wrong stands further up. */
function withOwnHint(error: ExecError): ExecError {
  const hint = hintFor(error);
  const [, complaint] = /Error: ([^\n]+)/.exec(error.stderrTail) ?? [];
  if (hint === undefined && complaint === undefined) return error;
  const { program, args, command: text, failure, stderrTail, cause } = error;
  const message = complaint === undefined ? error.message : `${text} failed: ${complaint.trim()}`;
  return new ExecError(message, { command: { program, args, text }, failure, stderrTail, cause, hint: hint ?? error.hint ?? '' });
}

function hintFor({ failure, stderrTail }: ExecError): string | undefined {
  if (failure.kind === 'not-found') return 'install terraform or tofu, name one with --program, or give the outputs with -f';
  if (/\binit\b/.test(stderrTail)) return 'run terraform init there first';
  return undefined;
}
