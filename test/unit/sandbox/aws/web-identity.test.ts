import { describe, expect, it, onTestFinished } from 'vitest';
import { startAwsSandbox } from '../../../../sandbox/aws/server.ts';
import { createServiceAccountIssuer, type ServiceAccountToken } from '../../../../sandbox/credentials/service-account-issuer.ts';

const issuer = createServiceAccountIssuer();
const stranger = createServiceAccountIssuer(issuer.issuer);
const elsewhere = createServiceAccountIssuer('https://oidc.example.com');
const RoleArn = 'arn:aws:iam::111122223333:role/irsa';
const claims: ServiceAccountToken = { subject: 'system:serviceaccount:ops:nightshift', expiresAt: Date.now() + 600_000 };

async function assume(token: string, role = RoleArn): Promise<{ readonly status: number; readonly text: string; readonly known: boolean }> {
  const aws = await startAwsSandbox({
    roles: { [RoleArn]: { webIdentity: { issuer: issuer.issuer, subject: claims.subject } }, [`${RoleArn}-other`]: {} },
    oidcProviders: { [issuer.issuer]: issuer.publicKey },
  });
  onTestFinished(() => aws.close());
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: 'pod',
    WebIdentityToken: token,
  });
  const response = await fetch(aws.endpoint, { method: 'POST', body });
  const text = await response.text();
  const accessKeyId = /<AccessKeyId>(\w+)</.exec(text)?.[1] ?? '';
  expect(aws.requests).toMatchObject([{ service: 'sts', operation: 'AssumeRoleWithWebIdentity', resource: role, accessKeyId: '' }]);
  return { status: response.status, text, known: aws.identityOf(accessKeyId)?.roleArn === RoleArn };
}

describe('AssumeRoleWithWebIdentity', () => {
  it('opens a session without a signature, for a token that the role trusts', async () => {
    const { status, text, known } = await assume(issuer.token(claims));

    expect({ status, known }).toEqual({ status: 200, known: true });
    expect(text).toContain('<Arn>arn:aws:sts::111122223333:assumed-role/irsa/pod</Arn>');
    expect(text).toContain(`<SubjectFromWebIdentityToken>${claims.subject}</SubjectFromWebIdentityToken>`);
  });

  it.each([
    ['of another key', stranger.token(claims), 400, 'InvalidIdentityToken'],
    ['of an issuer that the account does not know', elsewhere.token(claims), 400, 'InvalidIdentityToken'],
    ['for another audience', issuer.token({ ...claims, audience: 'vault' }), 400, 'InvalidIdentityToken'],
    ['that is no JWT', 'abc', 400, 'InvalidIdentityToken'],
    ['with a claim changed', issuer.token(claims).replace(/\.[^.]+\./, '.eyJpc3MiOiJ4In0.'), 400, 'InvalidIdentityToken'],
    ['whose time is over', issuer.token({ ...claims, expiresAt: Date.now() - 2_000 }), 400, 'ExpiredTokenException'],
    ['of another subject', issuer.token({ ...claims, subject: 'system:serviceaccount:ops:other' }), 403, 'AccessDenied'],
  ])('refuses a token %s', async (_, token, status, code) => {
    expect(await assume(token)).toMatchObject({ status, known: false, text: expect.stringContaining(`<Code>${code}</Code>`) });
  });

  it('refuses a role that trusts no web identity like one that is not there', async () => {
    const answers = await Promise.all([`${RoleArn}-other`, `${RoleArn}-nowhere`].map((role) => assume(issuer.token(claims), role)));

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]?.text.replace(/<RequestId>.*?</, '')).toBe(answers[1]?.text.replace(/<RequestId>.*?</, ''));
  });
});

it('nothing else of STS comes without a signature', async () => {
  const aws = await startAwsSandbox();
  onTestFinished(() => aws.close());

  const response = await fetch(aws.endpoint, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' });

  expect(response.status).toBe(403);
  expect(await response.text()).toContain('MissingAuthenticationToken');
});
