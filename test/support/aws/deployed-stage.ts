import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CdkCli, cdkCli } from './cdk-cli.ts';
import { type DeployedFunction, takeOutFunction } from './deployed-function.ts';
import { type DeployedStack, readDeployedStack } from './deployed-stack.ts';
import { type MotoApi, objectIn } from './moto.ts';

export const hub = { account: '123456789012', region: 'eu-west-1' } as const;
/** Another account in every run: one whose bootstrap stack trusts others the emulator cannot bootstrap twice. */
export const spoke = { account: String(randomInt(200_000_000_000, 300_000_000_000)), region: 'us-east-1' } as const;
/** All functions of a stage. */
export const jobs = ['scale-dev-nightly', 'post-deploy-smoke'] as const;
export type DeployedJob = (typeof jobs)[number];
/** The one whose nights are played. */
export const job = jobs[0] satisfies DeployedJob;
export const stackName = 'nightshift-dev';
export const spokeName = `${stackName}-spoke-${spoke.account}-${spoke.region}`;
export const functionName = `${stackName}-${job}`;

/** What a smoke suite of the stage says. */
export const SUITE = `
version: 1
checks: [{ name: home, http: { url: "https://shop.example.com/" } }]
`;

/** Asks nobody. Events come line by line. */
export const UNATTENDED = ['--require-approval', 'never', '--progress', 'events'] as const;
/**
 * An update by change set begins with deleting the last one, which the emulator cannot do; nor does it know the previous value of a parameter
 * that had its default.
 */
export const AS_UPDATE = ['--method', 'direct', '--no-previous-parameters'] as const;

export interface StageWish {
  /** On workdays in Berlin. */
  readonly uptime?: string;
  readonly reconcileMinutes?: number;
  /** Beside the stage's own cluster `dev`, one of another account. */
  readonly withSpoke?: boolean;
}

/** A nightshift.yaml of one stage; its workloads may be young. */
export function configuration({ uptime = '07:00-19:00', reconcileMinutes = 15, withSpoke = false }: StageWish = {}): string {
  const far = `  - { name: far, stage: dev, account: "${spoke.account}", region: ${spoke.region} }`;
  return `
version: 1
stages: { dev: { account: "${hub.account}", region: ${hub.region} } }
clusters:
  - { name: dev, stage: dev }
${withSpoke ? far : ''}
sleep: { uptime: "Mon-Fri ${uptime} Europe/Berlin", gracePeriodSeconds: 0, reconcileMinutes: ${reconcileMinutes} }
routes: { email: [ops@example.com], slack: { webhookParameter: /nightshift/slack } }
smoke: { suites: { shop: { file: shop.yaml } } }
`;
}

/** A folder from which stacks are deployed to an emulator. */
export class Workbench {
  readonly cdk: CdkCli;
  readonly #folder: string;

  constructor(moto: MotoApi, folder: string) {
    this.cdk = cdkCli({ endpoint: moto.endpoint, caller: moto.caller, home: folder });
    this.#folder = folder;
  }

  /** Runs the CLI on a configuration; cloud assembly and outputs are kept under `name`. Gives what the CLI wrote. */
  async run(name: string, wish: StageWish, ...args: readonly string[]): Promise<string> {
    const file = join(this.#folder, `${name}.yaml`);
    await writeFile(file, configuration(wish));
    await writeFile(join(this.#folder, 'shop.yaml'), SUITE);
    return this.cdk(...args, '--context', `config=${file}`, '--output', this.assembly(name));
  }

  assembly(name: string): string {
    return join(this.#folder, `${name}.out`);
  }

  outputsFile(name: string): string {
    return join(this.#folder, `${name}.outputs.json`);
  }

  async outputs(name: string): Promise<unknown> {
    return JSON.parse(await readFile(this.outputsFile(name), 'utf8'));
  }

  /**
   * The emulator keeps what says `Retain` and knows no `RetainExceptOnCreate`, which differs only in a first deployment that failed: before a
   * removal the stack is told so in the emulator's words.
   */
  async keepInItsWords(moto: MotoApi, stack: string, name: string): Promise<void> {
    const template = await readFile(this.#template(stack, name), 'utf8');
    const body = template.replaceAll('"DeletionPolicy": "RetainExceptOnCreate"', '"DeletionPolicy": "Retain"');
    await moto.query('cloudformation', '2010-05-15', 'UpdateStack', { StackName: stack, TemplateBody: body });
  }

  /** A stack as the emulator has it, beside the template of the assembly `name`. */
  stack(moto: MotoApi, stack: string, name: string): Promise<DeployedStack> {
    return readDeployedStack(moto, stack, this.#template(stack, name));
  }

  #template(stack: string, name: string): string {
    return join(this.assembly(name), `${stack}.template.json`);
  }
}

/** A function of a stack, taken back out of the emulator. */
export function functionOf(moto: MotoApi, stack: DeployedStack, of: DeployedJob = job): Promise<DeployedFunction> {
  const { physicalId, properties } = stack.one('AWS::Lambda::Function', ({ FunctionName }) => FunctionName === `${stackName}-${of}`);
  const { S3Bucket, S3Key } = objectIn(properties, 'Code');
  return takeOutFunction(moto, String(physicalId), { bucket: String(S3Bucket), key: String(S3Key) });
}
