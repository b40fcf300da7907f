import type { ContainerService, CredentialSource, ProfileWay } from './credential-source.ts';

const ways: Readonly<Record<ProfileWay, string>> = {
  keys: 'keys in the AWS configuration',
  sso: 'IAM Identity Center',
  login: 'aws login',
  process: 'its credential_process',
  role: 'a role that it assumes',
  'web-identity': 'a web identity token',
};

const services: Readonly<Record<ContainerService, string>> = {
  ecs: 'ECS',
  'eks-pod-identity': 'EKS Pod Identity',
  container: 'the container endpoint',
};

/** A source in words, to stand behind `from`. */
export function sourceText(source: CredentialSource): string {
  switch (source.kind) {
    case 'environment':
      return 'the environment (AWS_ACCESS_KEY_ID)';
    case 'profile':
      return `profile ${source.profile} (${ways[source.way]})`;
    case 'web-identity':
      return `the web identity token ${source.tokenFile} (AWS_WEB_IDENTITY_TOKEN_FILE)`;
    case 'container':
      return `${services[source.service]} at ${source.host}`;
    case 'instance-metadata':
      return 'EC2 instance metadata';
    default:
      return source satisfies never;
  }
}

/** What a person does when the credentials of a source are refused, or cannot be had. */
export function sourceHint(source: CredentialSource | undefined): string {
  switch (source?.kind) {
    case undefined:
      return 'name a profile (--profile, AWS_PROFILE) or set AWS_ACCESS_KEY_ID and its like; on EC2, check the role and the hop limit (2 for containers) of the instance';
    case 'environment':
      return 'get new keys for AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or unset them and name a profile';
    case 'profile':
      return profileHint(source.profile, source.way);
    case 'web-identity':
      return `check that ${source.tokenFile} is in date and that the trust policy of ${source.roleArn} names its issuer and service account`;
    case 'container':
      return source.service === 'eks-pod-identity'
        ? 'check that the service account has a Pod Identity association and that the agent runs on the node'
        : 'check the role of the task, and AWS_CONTAINER_AUTHORIZATION_TOKEN or its file';
    case 'instance-metadata':
      return 'check the instance profile and the role in it';
    default:
      return source satisfies never;
  }
}

function profileHint(profile: string, way: ProfileWay): string {
  switch (way) {
    case 'sso':
      return `sign in again: aws sso login --profile ${profile}`;
    case 'login':
      return `sign in again: aws login --profile ${profile}`;
    case 'process':
      return `run the credential_process of profile ${profile} by hand`;
    case 'role':
      return `check the role_arn and the source_profile of profile ${profile}; where that signs in, aws sso login --profile ${profile}`;
    default:
      return `check profile ${profile} in the AWS configuration; where it signs in, aws sso login --profile ${profile}`;
  }
}
