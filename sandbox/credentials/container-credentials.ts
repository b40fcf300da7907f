import { type Endpoint, type EndpointAnswer, startEndpoint } from './endpoint.ts';
import { keysDocument, type RoleSessionOptions, roleSession } from './role-session.ts';

/** Whose endpoint it is: the agent of EKS Pod Identity on a node, or the one of an ECS task. */
export type ContainerService = 'eks-pod-identity' | 'ecs';

export interface ContainerCredentialsOptions extends RoleSessionOptions {
  readonly service: ContainerService;
  /** What callers send as Authorization; for Pod Identity the service account token that is projected into the Pod. */
  readonly authorization: string;
}

export interface ContainerCredentials extends Pick<Endpoint, 'requests' | 'close'> {
  /** `AWS_CONTAINER_CREDENTIALS_FULL_URI`; how the authorization is given is the caller's to add. */
  env(): Record<string, string>;
  /** From now on only this is accepted: the kubelet has renewed the projected token, and the old one has ended. */
  setAuthorization(authorization: string): void;
}

const paths: Readonly<Record<ContainerService, string>> = {
  'eks-pod-identity': '/v1/credentials',
  ecs: '/v2/credentials/5275a487-9ff6-49b7-b50c-b64850f99999',
};

/**
 * The endpoint that gives a container its role. The real ones are at 169.254.170.23 (EKS) and 169.254.170.2 (ECS), which no test can listen on; the SDK takes
 * a loopback address as well. https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function startContainerCredentials(options: ContainerCredentialsOptions): Promise<ContainerCredentials> {
  const { roleArn, service } = options;
  const session = roleSession(options);
  const path = paths[service];
  let authorization = options.authorization;
  const { url, requests, close } = await startEndpoint(({ method, rawPath, headers }): EndpointAnswer => {
    if (method !== 'GET' || rawPath !== path) return { status: 404 };
    if (headers.authorization !== authorization) return refusal(service);
    return { status: 200, json: { ...(service === 'ecs' && { RoleArn: roleArn }), ...keysDocument(session()) } };
  });
  return {
    requests,
    close,
    env: () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url + path }),
    setAuthorization: (next) => {
      authorization = next;
    },
  };
}

function refusal(service: ContainerService): EndpointAnswer {
  if (service === 'ecs')
    return { status: 401, json: { code: 'InvalidIdInRequest', message: 'CredentialsV2Request: Credentials not found' } };
  return { status: 400, json: { Code: 'InvalidTokenException', Message: 'the service account token is expired or not of this cluster' } };
}
