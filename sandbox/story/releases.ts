import { createHash, randomUUID } from 'node:crypto';
import type { V1Deployment } from '@kubernetes/client-node';
import type { SandboxWorld } from '../world.ts';
import { invokePackaged } from './packaged-function.ts';
import type { Page } from './page.ts';
import { pipelineEvent } from './pipeline-event.ts';
import { answerTo, deployRecorded, type JobAnswer, jobEnded, onlyVersion, podsRun, reportKept } from './release-evidence.ts';

const IMAGES = 'registry.example.com/shop/storefront';

interface Release {
  readonly version: string;
  readonly tag: string;
  /** In the records: what was built and tested. */
  readonly digest: string;
}

/**
 * Three releases of the storefront, each deployed as a pipeline would, and what post-deploy-smoke tells the pipeline of them. What is proved is read
 * from the job, the cluster, the table, the bucket and the web server.
 * @param bundle path of the packaged post-deploy-smoke
 * @returns whether all of it holds
 */
export async function tellReleases(page: Page, world: SandboxWorld, bundle: string): Promise<boolean> {
  const pipeline = pipelineIn(world, bundle);
  return [await goodRelease(page, world, pipeline), await badRelease(page, world, pipeline), await otherBytes(page, world, pipeline)].every(
    Boolean,
  );
}

async function goodRelease(page: Page, world: SandboxWorld, pipeline: Pipeline): Promise<boolean> {
  const release: Release = { version: '4.19.0', tag: '4.19.0', digest: digestOf('4.19.0') };
  page.chapter('A release: storefront 4.19.0 is deployed, and the pipeline asks post-deploy-smoke whether it is what answers');
  const { answer } = await pipeline.deploy(release);
  page.say(`${answer.status}: ${answer.message}`, `run ${answer.runId}`);
  const htmlPage = world.aws.objectsIn(world.stateBucket)?.get(`smoke/${answer.runId}.html`)?.body.toString();
  const ran = podsRun(world.kubernetes.snapshot(), 'storefront', release.digest);
  const said = world.storefront.told().slice(-3);
  return [
    page.proof('the job of CodePipeline has succeeded', jobEnded(answer, 'succeeded')),
    page.proof(`all ${ran.count} pods run the digest of the release record`, ran),
    page.proof(`the web server has named 4.19.0 ${said.length} times in a row`, onlyVersion(said, release.version)),
    page.proof('the deploy is in the table as a good one', recorded(world, release, answer, 'ok')),
    page.proof('a page with its checks is in S3', reportKept(htmlPage, ['home page', 'health', 'version'])),
  ].every(Boolean);
}

async function badRelease(page: Page, world: SandboxWorld, pipeline: Pipeline): Promise<boolean> {
  const release: Release = { version: '4.20.0', tag: 'crash-4.20.0', digest: digestOf('crash-4.20.0') };
  page.chapter('A bad release: storefront 4.20.0 exits as soon as it starts');
  const { answer, ms } = await pipeline.deploy(release);
  page.say(`${answer.status} after ${(ms / 1_000).toFixed(1)} s: ${answer.message}`);
  const said = await versionNow(world);
  return [
    page.proof('the job has failed, and says why', jobEnded(answer, 'failed', 'CrashLoopBackOff', 'exited with code 1')),
    page.proof(`it has failed within seconds, not at the end of the rollout's 10 minutes`, {
      count: 1,
      against: ms < 10_000 ? [] : [`${ms} ms`],
    }),
    page.proof('the old version answers still', onlyVersion([said], '4.19.0')),
    page.proof('the deploy is in the table as a failed one', recorded(world, release, answer, 'failed')),
  ].every(Boolean);
}

/** What no status of a rollout and no page shows. */
async function otherBytes(page: Page, world: SandboxWorld, pipeline: Pipeline): Promise<boolean> {
  const release: Release = { version: '4.20.1', tag: '4.20.1', digest: digestOf('the bytes that were tested') };
  page.chapter('A tag that was pushed again: 4.20.1 rolls out and answers, and is not what was released');
  const { answer } = await pipeline.deploy(release);
  page.say(`${answer.status}: ${answer.message}`);
  const said = await versionNow(world);
  return [
    page.proof('the web server names 4.20.1', onlyVersion([said], release.version)),
    page.proof('the job has failed, and names both digests', jobEnded(answer, 'failed', digestOf(release.tag), release.digest)),
  ].every(Boolean);
}

interface Pipeline {
  /** Records a release, sets its image, has the function called, and waits for what it answers. */
  deploy(release: Release): Promise<{ readonly answer: JobAnswer; readonly ms: number }>;
}

function pipelineIn(world: SandboxWorld, bundle: string): Pipeline {
  const { aws, kubernetes } = world;
  const env = world.functionEnvironment('post-deploy-smoke');
  return {
    async deploy({ version, tag, digest }) {
      record(world, { version, tag, digest });
      const deployment = kubernetes.byHand.get('apps/v1', 'Deployment', 'shop', 'storefront') as V1Deployment;
      for (const container of deployment.spec?.template.spec?.containers ?? []) container.image = `${IMAGES}:${tag}`;
      kubernetes.byHand.put(deployment);
      const jobId = randomUUID();
      aws.addPipelineJob(jobId);
      const begun = performance.now();
      await invokePackaged({ bundle, event: pipelineEvent(jobId, { suite: 'storefront', version }), env });
      return { answer: answerTo(aws.pipelineJob(jobId)), ms: performance.now() - begun };
    },
  };
}

/** As the hook that publishes artifacts would. */
function record({ aws, recordsTable }: SandboxWorld, { version, tag, digest }: Release): void {
  aws.putItem(recordsTable, {
    pk: { S: 'app#storefront' },
    sk: { S: `release#${version}` },
    v: { N: '1' },
    at: { S: new Date().toISOString() },
    digest: { S: digest },
    uri: { S: `${IMAGES}:${tag}` },
    metadata: { M: {} },
    status: { S: 'released' },
  });
}

/** What a node of the sandbox finds behind a tag. */
function digestOf(tag: string): string {
  return `sha256:${createHash('sha256').update(`${IMAGES}:${tag}`).digest('hex')}`;
}

function recorded(
  world: SandboxWorld,
  { version, digest }: Release,
  { runId }: JobAnswer,
  verdict: string,
): ReturnType<typeof deployRecorded> {
  return deployRecorded(world.aws.itemsIn(world.recordsTable) ?? [], { version, digest, verdict, runId });
}

async function versionNow({ storefront }: SandboxWorld): Promise<string> {
  const { version } = (await (await fetch(`${storefront.url}/version`)).json()) as { readonly version: string };
  return version;
}
