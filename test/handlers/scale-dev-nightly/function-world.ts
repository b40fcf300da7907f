import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { type ScaleConfig, scaleConfigSchema } from '../../../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../../../functions/scale-dev-nightly/job.ts';
import { type Clock, systemClock } from '../../../lib/platform/clock.ts';
import type { RunOptions } from '../../../lib/platform/job.ts';
import { lambdaHandler } from '../../../lib/platform/lambda-handler.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { noMetrics } from '../../../lib/platform/metrics-sink.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { recordingStream } from '../../support/recorders.ts';
import { aDeployment } from '../../support/workloads.ts';

/** Waits cost nothing: what is retried is retried at once. */
export const impatientClock: Clock = { ...systemClock, sleep: async (_, signal) => signal?.throwIfAborted() };

export interface Invocation {
  /** What the handler returned. */
  readonly report?: Report;
  /** What it threw. */
  readonly error?: Error;
  /** Everything it logged. */
  readonly logged: string;
}

export interface Call {
  readonly config?: ScaleConfig;
  readonly env?: RunOptions<ScaleConfig>['env'];
  /** Lambda's remaining time. */
  readonly remainingMs?: number;
  readonly clock?: Clock;
}

/** Invokes the function as Lambda would, with its logger on a stream that is kept. */
export async function invoke(event: unknown, { config, env, remainingMs = 60_000, clock = impatientClock }: Call): Promise<Invocation> {
  const { stream, text } = recordingStream();
  const handler = lambdaHandler(scaleDevNightly, {
    ...(config && { config }),
    ...(env && { env }),
    clock,
    log: createLog({ job: scaleDevNightly.name, level: 'debug', stream }),
    metrics: noMetrics,
    notify: { notify: async () => {} },
  });
  try {
    const report = await handler(event, { getRemainingTimeInMillis: () => remainingMs, awsRequestId: 'request-1' });
    return { report, logged: text() };
  } catch (error) {
    return { error: error as Error, logged: text() };
  }
}

/** A sandbox cluster, a folder for kubeconfigs and state, and the configuration that leads to both. */
export class FunctionWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'scale-dev-nightly-'));
  readonly sandbox: KubernetesSandbox;

  constructor(sandbox: KubernetesSandbox) {
    this.sandbox = sandbox;
  }

  static async start(objects: readonly KubernetesObject[] = []): Promise<FunctionWorld> {
    return new FunctionWorld(await startKubernetesSandbox({ controllers: false, objects }));
  }

  kubeconfig(text: string = this.sandbox.kubeconfig(), file = 'kubeconfig'): string {
    const path = join(this.folder, file);
    writeFileSync(path, text);
    return path;
  }

  /** One cluster by kubeconfig and a state directory, unless told otherwise. */
  config(wish: Readonly<Record<string, unknown>> = {}): ScaleConfig {
    return scaleConfigSchema.parse({
      clusters: [{ via: 'kubeconfig', name: 'dev', path: this.kubeconfig() }],
      policy: { gracePeriodSeconds: 0 },
      state: { via: 'directory', path: join(this.folder, 'state') },
      ...wish,
    });
  }

  /** By name, the sizes of all Deployments of a namespace. */
  sizes(namespace = 'dev'): Readonly<Record<string, number | undefined>> {
    const found = this.sandbox.snapshot().filter((object) => object.kind === 'Deployment' && object.metadata?.namespace === namespace);
    return Object.fromEntries(found.map((object) => [object.metadata?.name, (object as { spec?: { replicas?: number } }).spec?.replicas]));
  }

  putDeployments(...names: readonly string[]): void {
    for (const name of names) this.sandbox.byHand.put(aDeployment({ name, size: 3 }));
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
