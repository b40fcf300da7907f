import { readSuite } from '../../../../lib/smoke/suite/read-suite.ts';
import type { Check } from '../../../../lib/smoke/suite/suite.ts';

/** The suite around some checks, one after the other as YAML in flow style. */
export function suiteText(checks: readonly string[], head = ''): string {
  return `version: 1\n${head}checks:\n${checks.map((check) => `  - ${check}\n`).join('')}`;
}

export async function checkOf(check: string, head = ''): Promise<Check> {
  const { checks } = await readSuite(suiteText([check], head));
  return checks[0]!;
}

/** The problems of a text as the command line prints them, each with its place; none when it is good. */
export async function problemsIn(text: string): Promise<readonly string[]> {
  try {
    await readSuite(text, { source: 's' });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

/** A suite with a word of everything. */
export const WHOLE = `version: 1
name: shop
deadline: 2m
allow: [10.0.0.0/8]
variables:
  base: https://shop.example.com
  release: { from: 'configMap shop/web-config#VERSION' }
  password: { from: 'secret shop/web-login#password' }
  token: { from: ssm /shop/smoke-token }
  key: { from: 'secretsManager shop/api#key', secret: false }
  user: { env: SMOKE_USER, secret: true }
  pin: { value: "1234", secret: true }
  tenant: { given: true }
defaults:
  timeout: 5s
  degradedOver: 800ms
  maxBody: 2MiB
  retry: { attempts: 5, backoff: 100ms }
  headers: { X-Run: smoke, Accept: text/plain }
  tls: { serverName: "{{tenant}}" }
checks:
  - name: login
    http:
      method: PUT
      url: "{{base}}/login"
      headers: { accept: application/json, X-Many: [a, b] }
      query: { q: a b, many: [x, "{{user}}"] }
      json: { user: "{{user}}", nested: [{ password: "{{password}}" }, 1, null, true] }
      auth: { basic: { username: "{{user}}", password: "{{pin}}" } }
      followRedirects: 3
      tls: { pin: "AB:CD:EF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC" }
      connectTo: 10.0.0.5:8443
      decompress: false
    assert:
      - status: [200, 2xx, 300-304]
      - { header: content-type, contains: json }
      - { cookie: { name: sid, attribute: HttpOnly }, exists: true }
      - { jsonPath: $.version, equals: "{{release}}" }
      - { jsonPath: "$.items[?@.n > 1]", count: { atLeast: 2 } }
      - latency: { atMost: 2s, degradedOver: 1s }
      - size: { atMost: 100KiB }
      - body: { matches: "v{{release}}$" }
    capture:
      session: { jsonPath: $.token, secret: true }
      id: { header: x-id }
    timeout: 3s
    retry: { on: [timeout, status], jitter: false }
    successes: 2
    interval: 500ms
    maxBody: 300B
    degradedOver: 1.5s
  - { name: form, http: { url: "{{base}}/f", form: { a: b } }, dependsOn: [port] }
  - { name: parts, http: { url: "{{base}}/p", multipart: [{ name: a, value: "{{token}}" }, { name: f, base64: aGk=, filename: f.txt, contentType: text/plain }] } }
  - { name: query, http: { url: "{{base}}/g", graphql: { query: "{ a }", variables: { k: "{{key}}" } }, auth: { bearer: "{{session}}" } } }
  - { name: signed, http: { url: "{{base}}/s", body: x, auth: { sigv4: { service: execute-api, region: eu-central-1 } } }, optional: true }
  - { name: port, tcp: { host: db, port: 5432, send: hello, receive: { until: hi } }, assert: [{ received: { contains: hi } }] }
  - { name: cert, tls: { host: shop.example.com }, assert: [{ certificate: { daysLeft: 15 } }] }
  - { name: name, dns: { name: shop.example.com, type: AAAA, server: "10.0.0.2:53" }, assert: [{ records: { contains: "::1" } }] }
  - { name: health, grpc: { host: shop, port: "{{id}}", service: shop.v1, tls: true, metadata: { a: b } } }
identity: { check: login, successes: 3 }
`;
