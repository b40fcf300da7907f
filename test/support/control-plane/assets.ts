import { join } from 'node:path';
import { isExecutable } from '../is-executable.ts';

/** The environment variable that names the folder with the control plane's programs, a convention of envtest. */
export const ASSETS_ENV = 'KUBEBUILDER_ASSETS';

export type ControlPlaneProgram = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kwok' | 'kubectl';

/** Thrown when the programs of a real control plane are not there; the message names what is missing and the variable to set. */
export class MissingControlPlaneError extends Error {
  override readonly name = 'MissingControlPlaneError';
}

/** The folder that the environment names, or undefined. */
export function assetsFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[ASSETS_ENV] || undefined;
}

/** Looks each program up before the first one is started, so that one message names all that is missing. */
export function findPrograms<P extends ControlPlaneProgram>(folder: string | undefined, programs: readonly P[]): Record<P, string> {
  if (folder === undefined) {
    throw new MissingControlPlaneError(
      `no control plane was started: ${ASSETS_ENV} is not set; point it at a folder with ${programs.join(', ')}`,
    );
  }
  const missing = programs.filter((program) => !isExecutable(join(folder, program)));
  if (missing.length > 0) {
    throw new MissingControlPlaneError(
      `no control plane was started: ${missing.join(', ')} not found or not executable in ${folder} (named by ${ASSETS_ENV})`,
    );
  }
  return Object.fromEntries(programs.map((program) => [program, join(folder, program)])) as Record<P, string>;
}
