import { ASSETS_ENV, assetsFolder } from './control-plane/assets.ts';

/**
 * True when the suite on the real control plane can run. On a laptop without the programs it is passed over, and says so;
 * in CI that would be a suite that silently never runs: there it throws.
 */
export function hasControlPlane(env: NodeJS.ProcessEnv = process.env): boolean {
  if (assetsFolder(env) !== undefined) return true;
  const message = `${ASSETS_ENV} is not set: the suites on a real control plane cannot run`;
  if (env.CI === 'true')
    throw new Error(`${message}; CI must provide etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok and kubectl`);
  process.stderr.write(`\nSKIPPED: ${message}. Point it at a folder with etcd, kube-apiserver and the others.\n\n`);
  return false;
}
