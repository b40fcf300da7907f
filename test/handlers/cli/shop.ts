import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type CliOptions, type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';

export const objects = ['web', 'api'].map((name) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'example/web' }] } },
  },
}));

/** Flags that lead to the cluster, and to a state directory of the test's own. */
export interface Place {
  readonly flags: readonly string[];
}

/** An hour after now everything is old enough to sleep. */
function night(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

/** The CLI and a cluster with two Deployments of three replicas, as they were before each test. */
export class Shop {
  #sandbox: KubernetesSandbox | undefined;

  static forEachTest(): Shop {
    const shop = new Shop();
    beforeAll(async () => {
      shop.#sandbox = await startKubernetesSandbox({ controllers: false });
    });
    afterAll(() => shop.sandbox.close());
    beforeEach(() => {
      for (const object of objects) shop.sandbox.byHand.put(object);
      shop.sandbox.faults.clear();
      shop.sandbox.requests.reset();
    });
    return shop;
  }

  get sandbox(): KubernetesSandbox {
    if (!this.#sandbox) throw new Error('the shop opens with the first test');
    return this.#sandbox;
  }

  async place(): Promise<Place> {
    const folder = await folderWith({ kubeconfig: this.sandbox.kubeconfig() });
    return { flags: ['--kubeconfig', `${folder}/kubeconfig`, '--state-dir', `${folder}/state`] };
  }

  cli(argv: readonly string[], { flags }: Place, options: CliOptions = {}): Promise<CliResult> {
    return runCli([...argv, ...flags], { now: night(), ...options });
  }

  replicas(): (number | undefined)[] {
    return objects.map(
      ({ metadata }) =>
        (this.sandbox.byHand.get('apps/v1', 'Deployment', 'shop', metadata.name) as { spec?: { replicas?: number } }).spec?.replicas,
    );
  }
}
