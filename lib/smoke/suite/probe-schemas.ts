import * as z from 'zod';
import { DNS_TYPES } from './probe-kinds.ts';
import { headers, json, namedTexts, oneLine, port, template } from './schema-words.ts';

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
const base64 = z.string().regex(BASE64, 'must be base64');
const PIN = /^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/;

const tlsShape = {
  ca: template.optional().describe('Certificates in PEM that are trusted, beside those of Node'),
  cert: template.optional().describe('Our certificate, in PEM'),
  key: template.optional().describe('The key of our certificate, in PEM'),
  serverName: template.optional().describe('The name that is asked for (SNI) and looked for in the certificate'),
  insecure: z.boolean().optional().describe('Take any certificate'),
  pin: z
    .string()
    .regex(
      new RegExp(`${PIN.source}|^\\{\\{[^{}]+\\}\\}$`),
      'must be the SHA-256 of the certificate: 64 hexadecimal digits, colons allowed',
    )
    .optional()
    .describe('SHA-256 of the only certificate that is taken, in hexadecimal digits'),
};
export const tlsSchema = z.strictObject(tlsShape).meta({ id: 'tls' });

const part = z.strictObject({
  name: oneLine.describe('The name of the field'),
  value: template.optional().describe('Its text'),
  base64: base64.optional().describe('Its bytes'),
  filename: template.optional().describe('Makes it a file of this name'),
  contentType: oneLine.optional().describe('What the part says that it is'),
});

export const BODY_WORDS = ['body', 'bodyBase64', 'json', 'form', 'multipart', 'graphql'] as const;
const twoBodies = BODY_WORDS.flatMap((one, index) => BODY_WORDS.slice(index + 1).map((other) => ({ required: [one, other] })));

const authSchema = z
  .strictObject({
    basic: z
      .strictObject({ username: template.describe('Without a colon'), password: template.describe('Best of a secret variable') })
      .optional()
      .describe('A name and a password'),
    bearer: template.optional().describe('A token'),
    sigv4: z
      .strictObject({ service: oneLine.describe('For one, execute-api'), region: oneLine.describe('For one, eu-central-1') })
      .optional()
      .describe("Signed by AWS's Signature Version 4, with the credentials of the run"),
  })
  .refine((auth) => Object.keys(auth).length === 1, 'must be one of basic, bearer and sigv4')
  .meta({ minProperties: 1, maxProperties: 1 });

export const httpSchema = z
  .strictObject({
    method: z
      .string()
      .regex(/^(?!(CONNECT|TRACE)$)[A-Z]{1,20}$/, 'must be a method in capitals, such as GET or POST')
      .optional()
      .describe('GET unless said; POST where there is a body'),
    url: z.string().min(1).describe('Where to; {{name}} at its beginning is taken as it is, and percent-encoded anywhere else'),
    headers: headers.optional().describe('By name; a list is written as several headers'),
    query: namedTexts.optional().describe('By name; added to the URL, encoded'),
    body: template.optional().describe('A text as it is'),
    bodyBase64: base64.optional().describe('Bytes'),
    json: json.optional().describe('Sent as JSON; texts in it may hold {{name}}'),
    form: namedTexts.optional().describe('Fields of a form, URL-encoded'),
    multipart: z.array(part).min(1).optional().describe('Fields and files of a form, as multipart/form-data'),
    graphql: z
      .strictObject({
        query: z.string().min(1).describe('The document; variables go into `variables`'),
        variables: json.optional().describe('Texts in it may hold {{name}}'),
      })
      .optional()
      .describe('A query, as JSON'),
    auth: authSchema.optional().describe('Who we are'),
    followRedirects: z.int().min(0).max(20).optional().describe('How many redirects are followed; 0 unless said: a redirect is an answer'),
    tls: tlsSchema.optional().describe('How the server is known, and we'),
    connectTo: oneLine.optional().describe('Address, or address:port, to connect to instead; Host and SNI stay those of the URL'),
    decompress: z.boolean().optional().describe('Whether a compressed answer is asked for and unpacked; true unless said'),
  })
  .refine((http) => BODY_WORDS.filter((word) => Object.hasOwn(http, word)).length < 2, `may have one body: ${BODY_WORDS.join(', ')}`)
  .meta({ id: 'http', not: { anyOf: twoBodies } });

const host = oneLine.describe('A name or an address');

export const tcpSchema = z
  .strictObject({
    host,
    port: port.describe('Its port'),
    send: template.optional().describe('A text that is sent once connected'),
    sendBase64: base64.optional().describe('Bytes that are sent once connected'),
    receive: z
      .union([
        z.enum(['nothing', 'first', 'close']),
        z.strictObject({ until: z.string().min(1).describe('Reading ends once this has come') }),
      ])
      .optional()
      .describe('When reading ends: at once (nothing), after the first bytes, when the server closes, or once a text has come'),
  })
  .refine(({ send, sendBase64 }) => send === undefined || sendBase64 === undefined, 'may have one of send and sendBase64')
  .meta({ not: { required: ['send', 'sendBase64'] } });

export const tlsProbeSchema = z.strictObject({ host, port: port.optional().describe('443 unless said'), ...tlsShape });

export const dnsSchema = z.strictObject({
  name: oneLine.describe('What is asked for'),
  type: z.enum(DNS_TYPES).optional().describe('A unless said'),
  server: oneLine.optional().describe('Address, or address:port, of the server to ask; those of the system unless said'),
});

export const grpcSchema = z.strictObject({
  host,
  port: port.describe('Its port'),
  service: template.optional().describe('The service that is asked about; the whole server unless said'),
  tls: z.union([z.boolean(), tlsSchema]).optional().describe('false unless said: HTTP/2 in clear text'),
  metadata: headers.optional().describe('Sent with the call, by name'),
});
