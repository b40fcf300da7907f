import { describe, expect, it } from 'vitest';
import { credentialSource, soughtSource } from '../../../lib/aws/credential-source.ts';
import { sourceHint, sourceText } from '../../../lib/aws/source-text.ts';

const marked = (...marks: string[]): object => ({ $source: Object.fromEntries(marks.map((mark) => [mark, 'x'])) });
const full = (uri: string): Record<string, string> => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri });
const token = { AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token', AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' };

describe('the source of credentials', () => {
  it.each([
    [marked('CREDENTIALS_ENV_VARS'), {}, 'the environment (AWS_ACCESS_KEY_ID)'],
    [marked('CREDENTIALS_PROFILE'), {}, 'profile default (keys in the AWS configuration)'],
    [marked('CREDENTIALS_PROFILE'), { AWS_PROFILE: 'dev' }, 'profile dev (keys in the AWS configuration)'],
    [marked('CREDENTIALS_SSO', 'CREDENTIALS_PROFILE_SSO'), { AWS_PROFILE: 'dev' }, 'profile dev (IAM Identity Center)'],
    [marked('CREDENTIALS_SSO_LEGACY', 'CREDENTIALS_PROFILE_SSO_LEGACY'), { AWS_PROFILE: 'dev' }, 'profile dev (IAM Identity Center)'],
    [marked('CREDENTIALS_LOGIN', 'CREDENTIALS_PROFILE_LOGIN'), { AWS_PROFILE: 'me' }, 'profile me (aws login)'],
    [marked('CREDENTIALS_PROCESS', 'CREDENTIALS_PROFILE_PROCESS'), { AWS_PROFILE: 'vault' }, 'profile vault (its credential_process)'],
    [
      marked('CREDENTIALS_STS_ASSUME_ROLE', 'CREDENTIALS_PROFILE_SOURCE_PROFILE'),
      { AWS_PROFILE: 'x' },
      'profile x (a role that it assumes)',
    ],
    // A profile with credential_source = Environment.
    [marked('CREDENTIALS_ENV_VARS', 'CREDENTIALS_PROFILE_NAMED_PROVIDER'), { AWS_PROFILE: 'x' }, 'profile x (a role that it assumes)'],
    [marked('CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN'), { AWS_PROFILE: 'x' }, 'profile x (a web identity token)'],
    [marked('CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN'), token, 'the web identity token /var/run/token (AWS_WEB_IDENTITY_TOKEN_FILE)'],
    [marked('CREDENTIALS_HTTP'), { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/secret-id' }, 'ECS at 169.254.170.2'],
    [marked('CREDENTIALS_HTTP'), full('http://169.254.170.2/v2/credentials/secret-id'), 'ECS at 169.254.170.2'],
    [marked('CREDENTIALS_HTTP'), full('http://169.254.170.23/v1/credentials'), 'EKS Pod Identity at 169.254.170.23'],
    [marked('CREDENTIALS_HTTP'), full('http://[fd00:ec2::23]/v1/credentials'), 'EKS Pod Identity at [fd00:ec2::23]'],
    [marked('CREDENTIALS_HTTP'), full('http://localhost:1338/latest/meta-data/x'), 'the container endpoint at localhost:1338'],
    [marked('CREDENTIALS_HTTP'), full('https://vault.example.com/v1/credentials'), 'the container endpoint at vault.example.com'],
    [{}, {}, 'EC2 instance metadata'],
  ])('%o is told', (credentials, env, text) => {
    expect(sourceText(credentialSource(credentials, env))).toBe(text);
  });

  it('is looked for where the environment points to, in the order of the chain', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const all = { AWS_PROFILE: 'dev', ...keys, ...token, ...full('no url') };

    expect(soughtSource(all)).toMatchObject({ kind: 'profile', profile: 'dev' });
    expect(soughtSource({ ...all, AWS_PROFILE: '' })).toEqual({ kind: 'environment' });
    expect(soughtSource({ ...token, ...full('no url') })).toMatchObject({ kind: 'web-identity' });
    expect(soughtSource(full('no url'))).toMatchObject({ kind: 'container', host: 'an address that is no URL' });
    expect(soughtSource({})).toBeUndefined();
  });
});

describe('the hint for a source', () => {
  it.each([
    [{ kind: 'profile', profile: 'dev', way: 'sso' }, 'sign in again: aws sso login --profile dev'],
    [{ kind: 'profile', profile: 'dev', way: 'login' }, 'sign in again: aws login --profile dev'],
    [{ kind: 'profile', profile: 'dev', way: 'process' }, 'run the credential_process of profile dev by hand'],
    [{ kind: 'profile', profile: 'dev', way: 'role' }, expect.stringContaining('source_profile')],
    [{ kind: 'container', service: 'ecs', host: 'h' }, expect.stringContaining('role of the task')],
    [{ kind: 'instance-metadata' }, 'check the instance profile and the role in it'],
  ] as const)('%o says what to do', (source, hint) => {
    expect(sourceHint(source)).toEqual(hint);
  });
});
