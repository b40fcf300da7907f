import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { buildFunction } from '../build/bundles.ts';
import { loadStages } from './config.ts';
import { FUNCTIONS } from './functions/all.ts';
import { addStages } from './stages.ts';

/** What the CDK runs (cdk.json): `nightshift.yaml`, or the file that `-c config=FILE` names, as stacks. */
async function main(): Promise<void> {
  const app = new App();
  const stages = await loadStages(String(app.node.tryGetContext('config') ?? 'nightshift.yaml'), (line) =>
    process.stderr.write(`${line}\n`),
  );
  const folders = new Map<string, string>();
  for (const { job } of FUNCTIONS) folders.set(job, (await buildFunction(job)).folder);
  addStages(app, { stages, functions: FUNCTIONS, codeOf: (job) => Code.fromAsset(folders.get(job) ?? '') });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
}

await main();
