import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { readZip } from '../zip.ts';
import { type Json, type MotoApi, objectIn } from './moto.ts';
import { s3Of } from './s3-of.ts';

/** Where a template says that the code is. */
export interface CodeAsset {
  readonly bucket: string;
  readonly key: string;
}

/** What Lambda would run. */
export interface DeployedFunction {
  /** As GetFunctionConfiguration answers it. */
  readonly configuration: Json;
  /** What is in its zip, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Takes a function back out of the emulator.
 * @throws Error when the asset is not the code that Lambda was given
 */
export async function takeOutFunction(moto: MotoApi, name: string, { bucket, key }: CodeAsset): Promise<DeployedFunction> {
  const configuration = objectIn(await moto.rest('lambda', 'GET', `/2015-03-31/functions/${name}`), 'Configuration');
  const { Body } = await s3Of(moto).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const zip = Buffer.from((await Body?.transformToByteArray()) ?? []);
  const hash = createHash('sha256').update(zip).digest('base64');
  if (hash !== configuration.CodeSha256) throw new Error(`${bucket}/${key} is not the code of ${name}: its hash is ${hash}`);
  return { configuration, files: readZip(zip) };
}

/** Lays the code down as Lambda does. Gives the file that exports the handler. */
export async function unpackFunction({ configuration, files }: DeployedFunction, folder: string): Promise<string> {
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const [module = ''] = String(configuration.Handler).split('.');
  return join(folder, `${module}.mjs`);
}

export interface Surroundings {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** URLs by the SDK's name of the service: `S3`, `EKS`. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** The function's own environment, and what Lambda adds to it. */
export function environmentOf(
  { configuration }: DeployedFunction,
  { region, credentials, endpoints }: Surroundings,
): Record<string, string> {
  const name = String(configuration.FunctionName);
  return {
    ...(objectIn(objectIn(configuration, 'Environment'), 'Variables') as Record<string, string>),
    _HANDLER: String(configuration.Handler),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    ...Object.fromEntries(Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
    // The profile of whoever runs the tests must not get a word in.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
