import { createHash } from 'node:crypto';
import { accountOf, secretArn } from './arns.ts';
import { AwsFault } from './fault.ts';
import {
  assertParameters,
  type JsonObject,
  jsonAnswer,
  jsonCode,
  jsonFailure,
  knownOperation,
  parseJson,
  targetOperation,
} from './json-front.ts';
import type { AwsRequest, Demand, ServiceFront } from './service.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const CURRENT = 'AWSCURRENT';

export interface SandboxSecret {
  /** By staging label; most have AWSCURRENT alone. */
  readonly values: Readonly<Record<string, string | Buffer>>;
  /** ARN of a key of the customer's, which the caller needs `kms:Decrypt` on. */
  readonly kmsKey?: string;
  /** Marked for deletion: it exists, and its value is not given. */
  readonly deleted?: boolean;
}

export type SandboxSecrets = Readonly<Record<string, string | SandboxSecret>>;

export function secretOf(secret: string | SandboxSecret): SandboxSecret {
  return typeof secret === 'string' ? { values: { [CURRENT]: secret } } : secret;
}

/** What Secrets Manager adds to a name to make an ARN that no later secret of that name has. */
const suffix = (name: string): string => createHash('sha256').update(name).digest('base64url').replace(/[-_]/g, 'x').slice(0, 6);

interface Found {
  readonly name: string;
  readonly arn: string;
  readonly secret: SandboxSecret;
}

/** By its name, its whole ARN, or its ARN without the suffix. */
function find(secrets: ReadonlyMap<string, SandboxSecret>, id: string, { region, identity }: AwsRequest): Found | undefined {
  for (const [name, secret] of secrets) {
    const bare = secretArn(region, accountOf(identity.arn), name);
    const arn = `${bare}-${suffix(name)}`;
    if (id === name || id === bare || id === arn) return { name, arn, secret };
  }
  return undefined;
}

function missing(what = ''): AwsFault {
  return new AwsFault(400, 'ResourceNotFoundException', `Secrets Manager can't find the specified secret${what}.`);
}

function decrypt({ kmsKey }: SandboxSecret, demand: Demand): void {
  if (kmsKey === undefined) return;
  try {
    demand({ action: 'kms:Decrypt', resource: kmsKey });
  } catch {
    throw new AwsFault(400, 'AccessDeniedException', 'Access to KMS is not allowed');
  }
}

function secretValue({ name, arn, secret }: Found, input: JsonObject, demand: Demand): JsonObject {
  if (secret.deleted)
    throw new AwsFault(
      400,
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  const stage = typeof input.VersionStage === 'string' ? input.VersionStage : CURRENT;
  const value = secret.values[stage];
  if (value === undefined) throw missing(` value for staging label: ${stage}`);
  decrypt(secret, demand);
  const content = typeof value === 'string' ? { SecretString: value } : { SecretBinary: value.toString('base64') };
  const version = createHash('sha256').update(`${name} ${stage}`).digest('hex').slice(0, 32);
  const VersionId = version.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { ARN: arn, Name: name, VersionId, VersionStages: [stage], CreatedDate: 1_767_225_600, ...content };
}

/** GetSecretValue over AWS JSON 1.1. `secrets` is read per request, so that one may be added later. */
export function secretsManagerFront(secrets: ReadonlyMap<string, SandboxSecret>): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const name = knownOperation({ GetSecretValue: 'GetSecretValue' }, targetOperation(request, 'secretsmanager', CONTENT_TYPE));
      const input = parseJson(request.body);
      assertParameters(input, ['SecretId', 'VersionStage']);
      const id = typeof input.SecretId === 'string' ? input.SecretId : '';
      if (id === '' || id.length > 2048) throw new AwsFault(400, 'ValidationException', 'SecretId must have 1 to 2048 characters.');
      const found = find(secrets, id, request);
      const arn = found?.arn ?? (id.startsWith('arn:') ? id : secretArn(request.region, accountOf(request.identity.arn), id));
      return {
        name,
        resource: found?.name ?? id,
        permissions: [{ action: 'secretsmanager:GetSecretValue', resource: arn }],
        apply(demand) {
          if (!found) throw missing();
          return jsonAnswer(CONTENT_TYPE, secretValue(found, input, demand));
        },
      };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
