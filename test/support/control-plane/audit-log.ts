import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request as the API server itself understood and judged it. */
export interface AuditedRequest {
  readonly user: string;
  readonly verb: string;
  /** '' for the core group. */
  readonly apiGroup: string;
  /** `deployments`, or `deployments/scale`; '' outside of the resources. */
  readonly resource: string;
  readonly namespace: string;
  readonly decision: 'allow' | 'forbid';
  /** Which binding and role allowed it, in the server's words. */
  readonly reason: string;
}

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
  };
  readonly annotations?: Readonly<Record<string, string>>;
}

const policyFile = (folder: string): string => join(folder, 'audit-policy.json');
const logFile = (folder: string): string => join(folder, 'audit.log');

/** Metadata of what these users ask, once it was answered; of the others nothing. */
export function auditArgs(folder: string, users: readonly string[]): string[] {
  if (users.length === 0) return [];
  const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules: [{ level: 'Metadata', users }] };
  writeFileSync(policyFile(folder), JSON.stringify(policy));
  return ['--audit-policy-file', policyFile(folder), '--audit-log-path', logFile(folder)];
}

/** All requests so far. The server writes an event before it ends its answer. */
export function readAuditLog(folder: string): readonly AuditedRequest[] {
  if (!existsSync(logFile(folder))) return [];
  const lines = readFileSync(logFile(folder), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => requestOf(JSON.parse(line) as AuditEvent));
}

function requestOf({ verb, user, objectRef = {}, annotations = {} }: AuditEvent): AuditedRequest {
  const { resource = '', subresource, apiGroup = '', namespace = '' } = objectRef;
  return {
    user: user.username,
    verb,
    apiGroup,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    decision: annotations['authorization.k8s.io/decision'] === 'allow' ? 'allow' : 'forbid',
    reason: annotations['authorization.k8s.io/reason'] ?? '',
  };
}
