import * as z from 'zod';

/**
 * The configuration of a CloudWatch Synthetics canary of the blueprint multi checks, as the service documents it:
 * docs.aws.amazon.com, "Writing a JSON configuration for Node.js multi Checks blueprint".
 */
const milliseconds = z.union([z.int().min(1).max(300_000), z.string().regex(/^\$\{\w+\}$/, 'must be a number of milliseconds')]);
const wholeNumber = z.int().min(0);

const statusCode = z.strictObject({
  type: z.literal('STATUS_CODE'),
  operator: z.enum(['EQUALS', 'NOT_EQUALS', 'GREATER_THAN', 'LESS_THAN', 'IN_RANGE']),
  value: z.int().min(100).max(599).optional(),
  rangeMin: z.int().min(100).max(599).optional(),
  rangeMax: z.int().min(100).max(599).optional(),
});
const responseTime = z.strictObject({
  type: z.literal('RESPONSE_TIME'),
  operator: z.enum(['LESS_THAN', 'GREATER_THAN', 'EQUALS']),
  value: z.number().min(0),
  unit: z.literal('MILLISECONDS').optional(),
});
const header = z.strictObject({
  type: z.literal('HEADER'),
  headerName: z.string(),
  operator: z.enum(['EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS', 'REGEX_MATCH', 'EXIST']),
  value: z.union([z.string(), z.boolean()]).optional(),
});
const body = z.strictObject({
  type: z.literal('BODY'),
  target: z.enum(['JSON', 'TEXT']).optional(),
  path: z.string().optional(),
  operator: z.enum(['CONTAINS', 'NOT_CONTAINS', 'EQUALS', 'NOT_EQUALS', 'EXISTS']),
  value: z.union([z.string(), z.boolean(), z.number()]),
});
const recordValue = z.strictObject({
  type: z.literal('RECORD_VALUE'),
  operator: z.enum(['EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS', 'REGEX_MATCH']),
  value: z.string(),
});
const recordCount = z.strictObject({
  type: z.literal('RECORD_COUNT'),
  operator: z.enum(['EQUALS', 'GREATER_THAN', 'LESS_THAN']),
  value: wholeNumber,
});
const authoritative = z.strictObject({ type: z.literal('AUTHORITATIVE'), value: z.boolean() });
const ttl = z.strictObject({ type: z.literal('TTL'), operator: z.string(), value: wholeNumber });
const expiry = z.strictObject({
  type: z.literal('CERTIFICATE_EXPIRY'),
  operator: z.enum(['GREATER_THAN', 'LESS_THAN']),
  value: wholeNumber,
  unit: z.enum(['DAYS', 'HOURS']).optional(),
});
const distinguished = {
  operator: z.enum(['CONTAINS', 'EQUALS', 'REGEX_MATCH']),
  value: z.string(),
};
const certificateSubject = z.strictObject({
  type: z.literal('CERTIFICATE_SUBJECT'),
  field: z.enum(['CN', 'O', 'OU', 'C', 'ST', 'L']),
  ...distinguished,
});
const certificateIssuer = z.strictObject({ type: z.literal('CERTIFICATE_ISSUER'), field: z.enum(['CN', 'O']), ...distinguished });
const connected = z.strictObject({ type: z.literal('CONNECTION_SUCCESSFUL'), value: z.boolean() });
const encoding = z.enum(['UTF-8', 'ASCII', 'HEX']).optional();
const responseData = z.strictObject({
  type: z.literal('RESPONSE_DATA'),
  operator: z.enum(['CONTAINS', 'EQUALS', 'NOT_CONTAINS', 'REGEX_MATCH', 'STARTS_WITH', 'ENDS_WITH']),
  value: z.string(),
  encoding,
});

const httpAssertion = z.discriminatedUnion('type', [statusCode, responseTime, header, body]);
const dnsAssertion = z.discriminatedUnion('type', [recordValue, recordCount, authoritative, ttl]);
const sslAssertion = z.discriminatedUnion('type', [expiry, certificateSubject, certificateIssuer]);
const tcpAssertion = z.discriminatedUnion('type', [connected, responseData]);

export type BlueprintAssertion =
  | z.infer<typeof httpAssertion>
  | z.infer<typeof dnsAssertion>
  | z.infer<typeof sslAssertion>
  | z.infer<typeof tcpAssertion>;

const authentication = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('NONE') }),
  z.strictObject({ type: z.literal('BASIC'), username: z.string(), password: z.string() }),
  z.strictObject({ type: z.literal('API_KEY'), apiKey: z.string(), headerName: z.string().optional() }),
  z.strictObject({
    type: z.literal('OAUTH_CLIENT_CREDENTIALS'),
    tokenUrl: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
    scope: z.string().optional(),
    audience: z.string().optional(),
    resource: z.string().optional(),
    tokenApiAuth: z.array(z.enum(['BASIC_AUTH_HEADER', 'REQUEST_BODY'])).optional(),
    tokenCacheTtl: z.int().min(60).optional(),
  }),
  z.strictObject({ type: z.literal('SIGV4'), service: z.string(), region: z.string(), roleArn: z.string().optional() }),
]);
export type BlueprintAuthentication = z.infer<typeof authentication>;

const extractor = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/),
  type: z.literal('BODY'),
  path: z.string().optional(),
  regex: z.string().optional(),
  regexGroup: wholeNumber.optional(),
});
export type BlueprintExtractor = z.infer<typeof extractor>;

const common = {
  stepName: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/, 'must be a letter, and up to 63 letters, digits, _ and - behind it'),
  timeout: milliseconds.optional(),
  extractors: z.array(extractor).optional(),
};
const port = z.int().min(1).max(65_535);

const httpStep = z.strictObject({
  ...common,
  checkerType: z.literal('HTTP'),
  url: z.string(),
  httpMethod: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  waitTime: z.int().min(0).max(60).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  authentication: authentication.optional(),
  assertions: z.array(httpAssertion).optional(),
});
const dnsStep = z.strictObject({
  ...common,
  checkerType: z.literal('DNS'),
  domain: z.string(),
  recordType: z.enum(['A', 'CNAME', 'MX', 'TXT', 'NS']).optional(),
  nameserver: z.string().optional(),
  port: port.optional(),
  protocol: z.enum(['UDP', 'TCP']).optional(),
  assertions: z.array(dnsAssertion).optional(),
});
const sslStep = z.strictObject({
  ...common,
  checkerType: z.literal('SSL'),
  hostname: z.string(),
  port: port.optional(),
  sni: z.boolean().optional(),
  verifyHostname: z.boolean().optional(),
  allowSelfSigned: z.boolean().optional(),
  assertions: z.array(sslAssertion).optional(),
});
const tcpStep = z.strictObject({
  ...common,
  checkerType: z.literal('TCP'),
  hostname: z.string(),
  port,
  connectionTimeout: milliseconds.optional(),
  readTimeout: milliseconds.optional(),
  sendData: z.string().optional(),
  expectedResponse: z.string().optional(),
  encoding,
  assertions: z.array(tcpAssertion).optional(),
});

export const blueprintSchema = z.strictObject({
  globalSettings: z.strictObject({ stepTimeout: milliseconds.optional(), userAgent: z.string().optional() }).optional(),
  variables: z
    .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/), z.string())
    .refine((variables) => Object.keys(variables).length <= 10, 'may be 10 at most')
    .optional(),
  steps: z
    .record(
      z.string().regex(/^([1-9]|10)$/, 'must be a number from 1 to 10'),
      z.discriminatedUnion('checkerType', [httpStep, dnsStep, sslStep, tcpStep]),
    )
    .refine((steps) => Object.keys(steps).length >= 1, 'must be one at least'),
});

export type Blueprint = z.infer<typeof blueprintSchema>;
export type BlueprintStep = Blueprint['steps'][string];
export type HttpStep = z.infer<typeof httpStep>;
