/** Whose call it is. moto asks for no signature: it reads the account from the access key, and region and service from the credential's scope. */
export interface MotoCaller {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export type Json = Readonly<Record<string, unknown>>;

/** AWS's own error code, as `NoSuchEntity`. */
export class MotoError extends Error {
  override readonly name = 'MotoError';
  readonly code: string;

  constructor(call: string, status: number, body: string) {
    super(`${call}: ${status} ${body.slice(0, 500)}`);
    this.code = /"(?:__type|Code)": ?"(?:[^"]*#)?([^"]+)"/.exec(body)?.[1] ?? /<Code>([^<]+)</.exec(body)?.[1] ?? 'unknown';
  }
}

/** The three kinds of AWS API that answer in JSON; S3 is left to the SDK. Each throws {@link MotoError}. */
export interface MotoApi {
  readonly endpoint: string;
  readonly caller: MotoCaller;
  /** An action of a JSON API, by its target: `AmazonSSM.GetParameter`. */
  json(service: string, target: string, body: Json): Promise<Json>;
  /** An action of a query API; gives what stands in its result. */
  query(service: string, version: string, action: string, parameters: Readonly<Record<string, string>>): Promise<Json>;
  /** A call of a REST API. */
  rest(service: string, method: string, path: string, body?: Json): Promise<Json>;
}

interface Call {
  readonly service: string;
  readonly name: string;
  readonly method: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Calls of moto over plain HTTP: for services whose SDK clients the project does not have. */
export function motoApi(endpoint: string, caller: MotoCaller): MotoApi {
  const send = async ({ service, name, method, path = '/', headers = {}, body }: Call): Promise<Json> => {
    const scope = `${caller.accessKeyId}/20260101/${caller.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const answer = await fetch(new URL(path, endpoint), {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new MotoError(`${service} ${name}`, answer.status, text);
    return (text === '' ? {} : JSON.parse(text)) as Json;
  };
  return {
    endpoint,
    caller,
    json: (service, target, body) =>
      send({
        ...{ service, name: target, method: 'POST', body: JSON.stringify(body) },
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      }),
    query: async (service, version, action, parameters) => {
      const body = new URLSearchParams({ Action: action, Version: version, ContentType: 'JSON', ...parameters }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await send({ service, name: action, method: 'POST', headers, body });
      return objectIn(objectIn(answer, `${action}Response`), `${action}Result`);
    },
    rest: (service, method, path, body) =>
      send({
        ...{ service, name: `${method} ${path}`, method, path },
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
  };
}

/** A field that is an object; an empty one where there is none. */
export function objectIn(json: Json, field: string): Json {
  const value = json[field];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function listIn(json: Json, field: string): readonly Json[] {
  const value = json[field];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Someone who may do everything in another account. */
export async function callerIn(account: string, region: string, { endpoint, caller }: MotoApi): Promise<MotoCaller> {
  const answer = await motoApi(endpoint, caller).query('sts', '2011-06-15', 'AssumeRole', {
    RoleArn: `arn:aws:iam::${account}:role/administrator`,
    RoleSessionName: 'deploy',
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = objectIn(answer, 'Credentials');
  return { region, accessKeyId: String(AccessKeyId), secretAccessKey: String(SecretAccessKey), sessionToken: String(SessionToken) };
}
