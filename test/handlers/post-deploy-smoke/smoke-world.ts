import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1Deployment, V1Service } from '@kubernetes/client-node';
import { createAnswers } from '../../../functions/post-deploy-smoke/answers.ts';
import { postDeploySmoke } from '../../../functions/post-deploy-smoke/job.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { lambdaRunner } from '../../../lib/platform/lambda-runner.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { noMetrics } from '../../../lib/platform/metrics-sink.ts';
import { processParameters } from '../../../lib/platform/process-parameters.ts';
import { answerCaller } from '../../../lib/smoke/callers/answer-caller.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { recordingStream } from '../../support/recorders.ts';
import { type Exchange, type WebServer, webServer } from '../../unit/smoke/web-server.ts';

/** What the sandbox's nodes say that an image runs. */
export function digestOf(image: string): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}

/** The workload of the tests. */
export const target = { cluster: 'dev', namespace: 'shop', kind: 'Deployment', name: 'web' } as const;

const labels = { app: 'web' };

export function web(image: string, replicas = 2): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
    },
  };
}

const service: V1Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'web' },
  spec: { selector: labels, ports: [{ port: 80, protocol: 'TCP' }] },
};

export interface Answered {
  readonly answer?: unknown;
  readonly error?: Error;
  /** Everything it logged. */
  readonly logged: string;
}

/** A cluster with a Deployment and its Service, a server that answers for it, an AWS, and the function that looks at all three. */
export class SmokeTestWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'post-deploy-smoke-'));
  readonly kubernetes: KubernetesSandbox;
  readonly aws: AwsSandbox;
  readonly server: WebServer;
  /** What the server answers with; tests replace it. */
  page: (exchange: Exchange) => unknown = ({ response }) => response.setHeader('x-version', '2.4.1').end('{"ok":true}');

  private constructor(parts: { kubernetes: KubernetesSandbox; aws: AwsSandbox; server: WebServer }) {
    this.kubernetes = parts.kubernetes;
    this.aws = parts.aws;
    this.server = parts.server;
  }

  static async start(): Promise<SmokeTestWorld> {
    let world: SmokeTestWorld | undefined;
    const [kubernetes, aws, server] = await Promise.all([
      startKubernetesSandbox({ objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, service] }),
      startAwsSandbox({
        buckets: ['state'],
        tables: ['records'],
        parameters: { '/url-token': { value: 'open-sesame', type: 'SecureString' } },
      }),
      webServer((exchange) => world?.page(exchange)),
    ]);
    world = new SmokeTestWorld({ kubernetes, aws, server });
    writeFileSync(world.#kubeconfig, kubernetes.kubeconfig());
    return world;
  }

  get #kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }

  /** Deploys an image and waits until the controllers have done what they will. */
  async deploy(image: string, replicas = 2): Promise<void> {
    this.kubernetes.byHand.put(web(image, replicas));
    await this.kubernetes.settled();
  }

  /** A suite with one check of the server. */
  suite(more: Readonly<Record<string, unknown>> = {}, check: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const http = { url: `${this.server.base}/health` };
    return {
      version: 1,
      name: 'shop',
      deadline: '5s',
      allow: ['127.0.0.1'],
      checks: [{ name: 'home', http, retry: { attempts: 1 }, ...check }],
      ...more,
    };
  }

  environment(suites: Readonly<Record<string, unknown>>, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const clusters = [{ via: 'kubeconfig', name: 'dev', path: this.#kubeconfig }];
    return {
      ...this.aws.env(),
      NIGHTSHIFT_POLICY: JSON.stringify({ version: 1, clusters, suites, allow: ['127.0.0.0/8'] }),
      NIGHTSHIFT_STATE_BUCKET: 'state',
      NIGHTSHIFT_RECORDS_TABLE: 'records',
      NIGHTSHIFT_URL_TOKEN_PARAMETER: '/url-token',
      NIGHTSHIFT_STAGE: 'dev',
      ...more,
    };
  }

  /** Calls the function as Lambda would. */
  async call(
    event: unknown,
    { suites = {}, env = {}, remainingMs = 60_000, requestId = 'request-1' }: CallOptions = {},
  ): Promise<Answered> {
    const { stream, text } = recordingStream();
    const environment = this.environment(suites, env);
    const log = createLog({ job: postDeploySmoke.name, level: 'debug', stream });
    const options = { env: environment, log, metrics: noMetrics, notify: { notify: async () => {} } };
    const handler = answerCaller({
      job: postDeploySmoke.name,
      run: lambdaRunner(postDeploySmoke, options),
      answers: createAnswers({ env: environment, clock: systemClock, parameters: processParameters }),
      clock: systemClock,
      log,
    });
    const end = Date.now() + remainingMs;
    try {
      const answer = await handler(event, { getRemainingTimeInMillis: () => end - Date.now(), awsRequestId: requestId });
      return { answer, logged: text() };
    } catch (error) {
      return { error: error as Error, logged: text() };
    }
  }

  /** The records of a kind, by the beginning of their `pk`. */
  records(prefix: string): readonly Readonly<Record<string, unknown>>[] {
    return (this.aws.itemsIn('records') ?? []).filter(({ pk }) => String(pk?.S).startsWith(prefix)).map(plain);
  }

  /** Keys of the state bucket. */
  kept(prefix: string): readonly string[] {
    return [...(this.aws.objectsIn('state')?.keys() ?? [])].filter((key) => key.startsWith(prefix)).sort();
  }

  async close(): Promise<void> {
    await Promise.all([this.kubernetes.close(), this.aws.close(), this.server.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface CallOptions {
  readonly suites?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly remainingMs?: number;
  readonly requestId?: string;
}

function plain(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      const typed = value as { readonly S?: string; readonly N?: string; readonly M?: Readonly<Record<string, unknown>> };
      return [name, typed.S ?? (typed.N === undefined ? typed.M && plain(typed.M) : Number(typed.N))];
    }),
  );
}
