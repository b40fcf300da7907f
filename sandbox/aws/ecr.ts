import { accountOf } from './arns.ts';
import { assertParameters, jsonAnswer, jsonCode, jsonFailure, knownOperation, parseJson, targetOperation } from './json-front.ts';
import type { AwsRequest, ServiceFront } from './service.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const LIFE_SECONDS = 12 * 3600;

export interface EcrOptions {
  /** What the registry takes from the user `AWS`. */
  readonly password: string;
  readonly now: () => number;
}

/** GetAuthorizationToken over AWS JSON 1.1: a password for the registry of the caller's account, good for twelve hours. */
export function ecrFront({ password, now }: EcrOptions): ServiceFront {
  const token = ({ region, identity }: AwsRequest): unknown => ({
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: now() / 1000 + LIFE_SECONDS,
        proxyEndpoint: `https://${accountOf(identity.arn)}.dkr.ecr.${region}.amazonaws.com`,
      },
    ],
  });
  return {
    parse(request: AwsRequest) {
      const target = targetOperation(request, 'AmazonEC2ContainerRegistry_V20150921', CONTENT_TYPE);
      const name = knownOperation({ GetAuthorizationToken: 'GetAuthorizationToken' }, target);
      assertParameters(parseJson(request.body), []);
      return {
        name,
        resource: '*',
        permissions: [{ action: `ecr:${name}`, resource: '*' }],
        apply: () => jsonAnswer(CONTENT_TYPE, token(request)),
      };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
