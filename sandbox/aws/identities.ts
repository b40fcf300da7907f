import { createHash, randomBytes } from 'node:crypto';
import type { Statement } from './iam/statement.ts';

/** Someone whose signatures the sandbox can check. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly arn: string;
  readonly userId: string;
  /** Of an assumed-role session: the role's own ARN. */
  readonly roleArn?: string;
  /** What its policies say; without any it may do everything. */
  readonly statements?: readonly Statement[];
  /** Epoch milliseconds; long-term keys have none. */
  readonly expiresAt?: number;
}

/** Who signed with this access key; the same question for requests and for cluster tokens. */
export type IdentityLookup = (accessKeyId: string) => Identity | undefined;

export const SANDBOX_ACCOUNT = '000000000000';

/** `AIDA…`-like, the same for the same name in every run. */
export function stableId(kind: 'AIDA' | 'AROA', name: string): string {
  return kind + createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase();
}

/** Keys of one AssumeRole session. */
export function newSession(roleArn: string, sessionName: string, expiresAt: number): Identity & { readonly sessionToken: string } {
  const [, account = SANDBOX_ACCOUNT, role = 'role'] = /^arn:aws[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`,
    userId: `${stableId('AROA', roleArn)}:${sessionName}`,
    roleArn,
    expiresAt,
  };
}
