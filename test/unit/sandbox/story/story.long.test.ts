import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../../bin/context.ts';
import { createOutput } from '../../../../bin/output.ts';
import { tell } from '../../../../bin/sandbox/tell.ts';
import type { FunctionName } from '../../../../sandbox/world.ts';
import { folderWith } from '../../cli/temp-folder.ts';

/** A module that has the real handler of a function as `real`. */
function realOf(name: FunctionName): string {
  const handler = resolve(import.meta.dirname, `../../../../functions/${name}/handler.ts`);
  return `import { handler as real } from ${JSON.stringify(pathToFileURL(handler).href)};`;
}

const real = realOf('scale-dev-nightly');
const realSmoke = realOf('post-deploy-smoke');
const asIs = 'export const handler = real;';

/** The story with functions that are given by their sources, as `nightshift sandbox` tells it. */
async function story(source: string, smokeSource = `${realSmoke} ${asIs}`): Promise<{ readonly exitCode: number; readonly text: string }> {
  const folder = await folderWith({ 'scale.mjs': source, 'smoke.mjs': smokeSource });
  const out: string[] = [];
  const stream = { write: (text: string) => out.push(text) };
  const io = { stdout: stream, stderr: stream, signal: new AbortController().signal } as unknown as CommandContext['io'];
  const exitCode = await tell(
    { io, output: createOutput(io, { format: 'text', quiet: false }) },
    {
      scale: join(folder, 'scale.mjs'),
      smoke: join(folder, 'smoke.mjs'),
    },
  );
  return { exitCode, text: out.join('') };
}

function crosses(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('✘'));
}

describe('the story', () => {
  it('ends well with the real functions', async () => {
    const { exitCode, text } = await story(`${real} ${asIs}`);

    expect(crosses(text)).toEqual([]);
    expect(text.match(/✔/g)).toHaveLength(16);
    expect(text).toContain('16 put to sleep of 26 workloads on 1 cluster; saving 0.39 USD an hour');
    expect(exitCode).toBe(0);
  });

  it('believes no report: it fails when a function only says that it did its work', async () => {
    const report = {
      job: 'j',
      runId: 'r',
      status: 'ok',
      summary: '16 put to sleep',
      counts: { planned: 16, changed: 16, slept: 16, woken: 17 },
    };
    const lie = { ...report, items: [{ ref: 'dev/shop/Deployment/cart', action: 'sleep', reason: 'r', from: 2, to: 0 }], remaining: 0 };

    const { exitCode, text } = await story(`export const handler = async () => (${JSON.stringify(lie)});`);

    expect(exitCode).toBe(1);
    expect(crosses(text)).toEqual([
      '✘ all 1 planned changes were made',
      '✘ the originals of all 0 sleepers are in S3 as well as on the objects (0 ledger documents)',
      '✘ everything that was put to sleep is awake (0 slept, 0 woken)',
    ]);
    expect(text).toMatch(/^ {2}shop\/Deployment\/cart: it is at \d, not at 0$/m);
  });

  it('fails when the ledger lies where nobody looks for it', async () => {
    const { exitCode, text } = await story(`${real} process.env.NIGHTSHIFT_STATE_PREFIX = 'elsewhere'; export const handler = real;`);

    expect(exitCode).toBe(1);
    expect(crosses(text)).toEqual(['✘ the originals of all 16 sleepers are in S3 as well as on the objects (0 ledger documents)']);
    expect(text.match(/and S3 holds nothing$/gm)).toHaveLength(16);
  });

  it('fails when a part of the plan was left out, and names it', async () => {
    const { exitCode, text } = await story(
      `${real} export const handler = (event, context) => real(event.action === 'reconcile' ? { ...event, namespaces: ['shop'] } : event, context);`,
    );

    expect(exitCode).toBe(1);
    expect(crosses(text)).toContain('✘ all 16 planned changes were made');
    expect(text).toMatch(/^ {2}payments\/Deployment\/[\w-]+: it is at \d, not at 0$/m);
  });

  it('fails when post-deploy-smoke answers nobody', async () => {
    const { exitCode, text } = await story(`${real} ${asIs}`, 'export const handler = async () => ({ answered: "sent" });');

    expect(exitCode).toBe(1);
    expect(crosses(text)).toContain('✘ the job of CodePipeline has succeeded');
    expect(text).toContain('  the job is in-progress: nothing\n');
  });

  it('fails when it looks at the rollout and the page alone, and not at the digest', async () => {
    const forgetful = `${realSmoke}
      export const handler = (event, context) => {
        const { configuration } = event['CodePipeline.job'].data.actionConfiguration;
        const { suite, version } = JSON.parse(configuration.UserParameters);
        configuration.UserParameters = JSON.stringify({ suite, app: 'another', version });
        return real(event, context);
      };`;

    const { exitCode, text } = await story(`${real} ${asIs}`, forgetful);

    expect(exitCode).toBe(1);
    expect(crosses(text)).toContain('✘ the job has failed, and names both digests');
    expect(text).toMatch(/^ {2}the job is succeeded: another 4\.20\.1 is what answers/m);
  });
});
