import type { BlueprintAuthentication, BlueprintExtractor, BlueprintStep, HttpStep } from './blueprint-schema.ts';
import type { Findings, Substitution } from './substitution.ts';
import { translateAssertion } from './translate-assertion.ts';

/** One check of a suite, as it is written there. */
export interface WrittenCheck {
  readonly [word: string]: unknown;
  readonly name?: string;
}

export interface StepContext {
  /** Where the step is written. */
  readonly path: readonly PropertyKey[];
  readonly substitution: Substitution;
  readonly findings: Findings;
  readonly userAgent: string | undefined;
}

/** CloudWatch follows redirects, and says of no limit. */
const REDIRECTS = 10;

/** The checks that a step comes to: itself, and before it the one that fetches its OAuth token. */
export function translateStep(step: BlueprintStep, timeoutMs: number, context: StepContext): readonly WrittenCheck[] {
  const { path, substitution, findings } = context;
  const assert = (step.assertions ?? []).flatMap((assertion, index) =>
    translateAssertion(assertion, [...path, 'assertions', index], substitution, findings),
  );
  const capture = Object.fromEntries(
    (step.extractors ?? []).map((extractor, index) => [extractor.name, capturing(extractor, [...path, 'extractors', index], findings)]),
  );
  const common = {
    name: step.stepName,
    timeout: `${timeoutMs}ms`,
    maxBody: '1MB',
    ...(assert.length > 0 && { assert }),
    ...(Object.keys(capture).length > 0 && { capture }),
  };
  switch (step.checkerType) {
    case 'HTTP':
      return httpChecks(step, common, context);
    case 'DNS':
      return [{ ...common, dns: dns(step, context) }];
    case 'SSL':
      return [{ ...common, tls: ssl(step, context) }];
    case 'TCP':
      return [tcp(step, { ...common, assert }, context)];
    default:
      return step satisfies never;
  }
}

function httpChecks(step: HttpStep, common: WrittenCheck, context: StepContext): readonly WrittenCheck[] {
  const { path, substitution, findings, userAgent } = context;
  if ((step.waitTime ?? 0) > 0)
    findings.refuse([...path, 'waitTime'], 'has no counterpart: a suite waits for nothing but the checks that it depends on');
  const { headers, auth, before } = authenticated(step, context);
  const written = Object.fromEntries(Object.entries(step.headers ?? {}).map(([name, value]) => [name, substitution.text(value)]));
  const agent =
    userAgent === undefined || Object.keys(written).some((name) => name.toLowerCase() === 'user-agent') ? {} : { 'user-agent': userAgent };
  const http = {
    method: step.httpMethod,
    url: substitution.text(step.url),
    headers: { ...agent, ...written, ...headers },
    followRedirects: REDIRECTS,
    ...(step.body !== undefined && { body: substitution.text(step.body) }),
    ...(auth && { auth }),
  };
  return [...before, { ...common, http }];
}

interface Authenticated {
  readonly headers: Readonly<Record<string, string>>;
  readonly auth?: WrittenCheck;
  readonly before: readonly WrittenCheck[];
}

function authenticated(
  { authentication = { type: 'NONE' }, stepName }: HttpStep,
  { path, substitution, findings }: StepContext,
): Authenticated {
  const text = (value: string): string => substitution.text(value);
  switch (authentication.type) {
    case 'NONE':
      return { headers: {}, before: [] };
    case 'BASIC':
      return {
        headers: {},
        auth: { basic: { username: text(authentication.username), password: text(authentication.password) } },
        before: [],
      };
    case 'API_KEY':
      return { headers: { [authentication.headerName ?? 'X-API-Key']: text(authentication.apiKey) }, before: [] };
    case 'SIGV4':
      if (authentication.roleArn !== undefined)
        findings.warn([...path, 'authentication', 'roleArn'], 'is not assumed: requests are signed with the credentials of the run');
      return { headers: {}, auth: { sigv4: { service: authentication.service, region: authentication.region } }, before: [] };
    case 'OAUTH_CLIENT_CREDENTIALS': {
      const token = `${stepName}-token`;
      return { headers: {}, auth: { bearer: `{{${token}}}` }, before: [tokenCheck(token, authentication, text)] };
    }
    default:
      return authentication satisfies never;
  }
}

/** RFC 6749, section 4.4. */
function tokenCheck(
  name: string,
  {
    tokenUrl,
    clientId,
    clientSecret,
    scope,
    audience,
    resource,
    tokenApiAuth,
  }: Extract<BlueprintAuthentication, { type: 'OAUTH_CLIENT_CREDENTIALS' }>,
  text: (value: string) => string,
): WrittenCheck {
  const inBody = tokenApiAuth !== undefined && !tokenApiAuth.includes('BASIC_AUTH_HEADER');
  const asked = Object.entries({ scope, audience, resource }).flatMap(([word, value]) =>
    value === undefined ? [] : [[word, text(value)] as const],
  );
  return {
    name,
    http: {
      method: 'POST',
      url: text(tokenUrl),
      form: {
        grant_type: 'client_credentials',
        ...Object.fromEntries(asked),
        ...(inBody && { client_id: text(clientId), client_secret: text(clientSecret) }),
      },
      ...(!inBody && { auth: { basic: { username: text(clientId), password: text(clientSecret) } } }),
    },
    capture: { [name]: { jsonPath: '$.access_token', secret: true } },
  };
}

function capturing({ path, regex, regexGroup = 0 }: BlueprintExtractor, at: readonly PropertyKey[], findings: Findings): WrittenCheck {
  if (path !== undefined && regex !== undefined) findings.refuse(at, 'has a path and a regex; a suite captures by one of them');
  if (path !== undefined) return { jsonPath: path };
  if (regex === undefined) return { body: true };
  if (regexGroup > 1) findings.refuse([...at, 'regexGroup'], 'can be 0 or 1; leave the groups before it without capturing: (?:...)');
  return { regex: regexGroup === 0 ? `(${regex})` : regex };
}

type StepOf<Type> = Extract<BlueprintStep, { checkerType: Type }>;

function dns(
  { domain, recordType, nameserver, port, protocol }: StepOf<'DNS'>,
  { path, substitution, findings }: StepContext,
): WrittenCheck {
  if (protocol === 'TCP') findings.refuse([...path, 'protocol'], 'can be UDP alone');
  if (port !== undefined && nameserver === undefined) findings.refuse([...path, 'port'], 'needs a nameserver that it is the port of');
  return {
    name: substitution.text(domain),
    type: recordType ?? 'A',
    ...(nameserver !== undefined && { server: `${substitution.text(nameserver)}${port === undefined ? '' : `:${port}`}` }),
  };
}

function ssl(
  { hostname, port = 443, sni, verifyHostname, allowSelfSigned }: StepOf<'SSL'>,
  { path, substitution, findings }: StepContext,
): WrittenCheck {
  if (sni === false)
    findings.refuse([...path, 'sni'], 'cannot be left out: a server shows the certificate of the name that it is asked for');
  if (verifyHostname === false)
    findings.refuse([...path, 'verifyHostname'], 'cannot be false alone; a suite can say serverName, or insecure for any certificate');
  return { host: substitution.text(hostname), port, ...(allowSelfSigned === true && { insecure: true }) };
}

function tcp(
  step: StepOf<'TCP'>,
  common: WrittenCheck & { readonly assert: readonly unknown[] },
  { path, substitution, findings }: StepContext,
): WrittenCheck {
  const { hostname, port, sendData, expectedResponse, encoding } = step;
  for (const word of ['connectionTimeout', 'readTimeout'] as const)
    if (step[word] !== undefined)
      findings.warn([...path, word], 'is not held apart: the timeout of the step holds for connecting and reading together');
  if (encoding === 'HEX' && expectedResponse !== undefined)
    findings.refuse([...path, 'expectedResponse'], 'in HEX has no counterpart; ask for text');
  const expected = expectedResponse === undefined ? undefined : substitution.text(expectedResponse);
  return {
    ...common,
    tcp: {
      host: substitution.text(hostname),
      port,
      ...(sendData !== undefined && sending(sendData, encoding, substitution)),
      ...(expected !== undefined && { receive: { until: expected } }),
    },
    assert: [...common.assert, ...(expected === undefined ? [] : [{ received: { contains: expected } }])],
  };
}

function sending(data: string, encoding: string | undefined, substitution: Substitution): WrittenCheck {
  return encoding === 'HEX'
    ? { sendBase64: Buffer.from(data.replace(/\s/g, ''), 'hex').toString('base64') }
    : { send: substitution.text(data) };
}
