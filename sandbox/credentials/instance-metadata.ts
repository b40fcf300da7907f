import { randomBytes } from 'node:crypto';
import { systemClock } from '../../lib/platform/clock.ts';
import type { WireRequest } from '../aws/authenticate.ts';
import { type Endpoint, type EndpointAnswer, startEndpoint } from './endpoint.ts';
import { keysDocument, type RoleSessionOptions, roleSession } from './role-session.ts';

/**
 * What goes wrong with instance metadata in the field. `hop-limit`: the answer with the token never reaches a container that is one hop too far away, and without
 * a token everything is 401. `no-role`: the instance has no instance profile. `off`: metadata is disabled for the instance.
 */
export type MetadataFault = 'hop-limit' | 'no-role' | 'off';

export interface InstanceMetadataOptions extends RoleSessionOptions {
  readonly region: string;
}

export interface InstanceMetadata extends Pick<Endpoint, 'requests' | 'close'> {
  /** What makes the SDK take this endpoint for the one of the instance it runs on. */
  env(): Record<string, string>;
  /** Every request from now on fails like this; `undefined` ends it. */
  setFault(fault: MetadataFault | undefined): void;
}

const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const LONGEST_TTL_SECONDS = 21_600;
const KEYS = '/latest/meta-data/iam/security-credentials/';

/**
 * The metadata service of an EC2 instance with a role that allows IMDSv2 only: a token first, by PUT and with its time to live, then every question with it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function startInstanceMetadata(options: InstanceMetadataOptions): Promise<InstanceMetadata> {
  const tokens = metadataTokens(options.clock ?? systemClock);
  const document = metadataDocuments(options);
  let fault: MetadataFault | undefined;
  const endpoint = await startEndpoint((request) => {
    if (fault === 'off') return { status: 403 };
    if (request.method === 'PUT') return fault === 'hop-limit' ? 'hang' : tokens.issue(request);
    if (!tokens.knows(request.headers[TOKEN_HEADER])) return { status: 401 };
    if (fault === 'no-role' && request.rawPath.startsWith(KEYS)) return { status: 404 };
    return document(request.rawPath);
  });
  const { url, requests, close } = endpoint;
  return {
    requests,
    close,
    env: () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url }),
    setFault: (next) => {
      fault = next;
    },
  };
}

interface MetadataTokens {
  issue(request: WireRequest): EndpointAnswer;
  knows(token: string | undefined): boolean;
}

function metadataTokens(clock: { now(): number }): MetadataTokens {
  const ends = new Map<string, number>();
  return {
    issue({ rawPath, headers }) {
      // A proxy in between would hand the token to anybody.
      if (headers['x-forwarded-for'] !== undefined) return { status: 403 };
      if (rawPath !== '/latest/api/token') return { status: 404 };
      const seconds = Number(headers[TTL_HEADER]);
      if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_TTL_SECONDS) return { status: 400 };
      const token = randomBytes(40).toString('base64');
      ends.set(token, clock.now() + seconds * 1000);
      return { status: 200, text: token, headers: { [TTL_HEADER]: String(seconds) } };
    },
    knows: (token) => (ends.get(token ?? '') ?? 0) > clock.now(),
  };
}

function metadataDocuments(options: InstanceMetadataOptions): (path: string) => EndpointAnswer {
  const session = roleSession(options);
  const role = options.roleArn.split('/').at(-1) ?? '';
  return (path) => {
    if (path === KEYS || path === KEYS.slice(0, -1)) return { status: 200, text: role };
    if (path === KEYS + role) return { status: 200, json: { Code: 'Success', Type: 'AWS-HMAC', ...keysDocument(session()) } };
    if (path === '/latest/meta-data/placement/region') return { status: 200, text: options.region };
    return { status: 404 };
  };
}
