import type { AwsResponse } from './service.ts';
import type { Session } from './sessions.ts';
import { type XmlValue, xmlDocument } from './xml.ts';

export const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** An answer of STS in the query protocol. */
export function stsAnswer(action: string, result: { readonly [name: string]: XmlValue }): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: xmlDocument(`${action}Response`, STS_NAMESPACE, { [`${action}Result`]: result, ResponseMetadata: { RequestId: 'sandbox' } }),
  };
}

/** What every AssumeRole call answers of the session that it opened. */
export function sessionResult(session: Session): { readonly [name: string]: XmlValue } {
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  };
}
