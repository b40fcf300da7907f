import { spawn } from 'node:child_process';

export interface KubectlOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  /** Fed to `-f -`. */
  readonly input?: string;
  /** What `kubectl edit` opens. */
  readonly editor?: string;
  readonly signal?: AbortSignal;
  /** Sees stdout as it grows, for commands that do not end. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs kubectl with nothing of the caller's own environment: `home` takes its caches, so that it never reads those of another server. */
export function kubectlWith(program: string, kubeconfigPath: string, home: string) {
  return async (args: readonly string[], options: KubectlOptions = {}): Promise<KubectlOutcome> => {
    const child = spawn(program, args, {
      env: {
        HOME: home,
        KUBECONFIG: kubeconfigPath,
        PATH: process.env.PATH ?? '',
        ...(options.editor ? { KUBE_EDITOR: options.editor } : {}),
      },
      timeout: 30_000,
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    options.signal?.addEventListener('abort', stop, { once: true });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      options.onOutput?.(stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  };
}

export type Kubectl = ReturnType<typeof kubectlWith>;
