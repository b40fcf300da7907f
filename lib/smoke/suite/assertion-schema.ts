import * as z from 'zod';
import { VALUE_TYPES } from './assertion.ts';
import { duration, headerName, json, oneLine, size } from './schema-words.ts';

const numbers = <T extends z.ZodType>(amount: T) => ({
  equals: amount.optional().describe('Is this much'),
  lessThan: amount.optional().describe('Is less than this'),
  greaterThan: amount.optional().describe('Is more than this'),
  atMost: amount.optional().describe('Is this much or less'),
  atLeast: amount.optional().describe('Is this much or more'),
});

/** A section that says one thing. */
const one = <T extends z.ZodRawShape>(shape: T) =>
  z
    .strictObject(shape)
    .refine((test) => Object.keys(test).length === 1, 'must say one thing')
    .meta({ minProperties: 1, maxProperties: 1 });

const amount = z.number();
const counted = z.int().min(0);
const howMany = z.union([counted, one(numbers(counted))]).meta({ id: 'howMany' });

const texts = {
  equals: z.string().optional().describe('Is this text'),
  notEquals: z.string().optional().describe('Is another text'),
  contains: z.string().optional().describe('Has this text in it'),
  notContains: z.string().optional().describe('Has not'),
  startsWith: z.string().optional().describe('Begins with it'),
  endsWith: z.string().optional().describe('Ends with it'),
  matches: z.string().optional().describe('Has a match of this regular expression (JavaScript) in it'),
  in: z.array(z.string()).min(1).optional().describe('Is one of these'),
  lessThan: amount.optional().describe('Is a number below'),
  greaterThan: amount.optional().describe('Is a number above'),
  atMost: amount.optional().describe('Is a number of this or below'),
  atLeast: amount.optional().describe('Is a number of this or above'),
  length: howMany.optional().describe('Has so many characters'),
};
const found = { exists: z.boolean().optional().describe('Whether there is one') };
const several = { count: howMany.optional().describe('How many there are; 0 for none') };
const lists = {
  equals: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('These and no others, in any order'),
  contains: z.string().optional().describe('Has this one'),
  notContains: z.string().optional().describe('Has not'),
  startsWith: z.string().optional().describe('One of them begins with it'),
  endsWith: z.string().optional().describe('One of them ends with it'),
  matches: z.string().optional().describe('One of them has a match of this regular expression in it'),
  ...several,
};
const values = {
  ...texts,
  equals: json.optional().describe('Is this value, of this type; a list for a path that may find several'),
  notEquals: json.optional().describe('Is another value'),
  contains: json.optional().describe('A text has this in it, a list has this item'),
  notContains: json.optional().describe('Has not'),
  in: z.array(json).min(1).optional().describe('Is one of these'),
  length: howMany.optional().describe('Characters of a text, items of a list, fields of an object'),
  isType: z.enum(VALUE_TYPES).optional().describe('Is of this type'),
  ...found,
  ...several,
};

/** A source with an operator beside it. */
const beside = <T extends z.ZodRawShape>(shape: T) =>
  z
    .strictObject(shape)
    .refine((words) => Object.keys(words).length === 2, 'must say one thing of it, such as `equals: ...` beside it')
    .meta({ minProperties: 2, maxProperties: 2 });

const text = z.union([z.string(), one(texts)]).meta({ id: 'text' });
const number = z.union([z.int(), one(numbers(z.int()))]).meta({ id: 'number' });
const oneOfLists = one(lists).meta({ id: 'list', minProperties: 1, maxProperties: 1 });

const statusItem = z.union([
  z.int().min(100).max(599),
  z.string().regex(/^[1-5]xx$|^[1-5]\d\d-[1-5]\d\d$/, 'must be a status such as 200, 2xx or 200-204'),
]);
const statusItems = z.union([statusItem, z.array(statusItem).min(1)]).meta({ id: 'statuses' });

/** What can be asked of an answer, by the word that says what is looked at. */
export const assertionSchemas = {
  status: z.strictObject({
    status: z
      .union([statusItems, z.strictObject({ not: statusItems.describe('Any but these') })])
      .describe('200, 2xx, 200-204, a list of them, or { not: ... }'),
  }),
  header: beside({ header: headerName.describe('Its name'), ...texts, ...found, ...several }),
  cookie: beside({
    cookie: z
      .union([
        oneLine,
        z.strictObject({
          name: oneLine.describe('Its name'),
          attribute: oneLine.optional().describe('Path, HttpOnly, SameSite and so on; those without a value exist'),
        }),
      ])
      .describe('Its name, or { name, attribute: HttpOnly }'),
    ...texts,
    ...found,
  }),
  jsonPath: beside({ jsonPath: z.string().min(1).describe('A path of RFC 9535 into the body'), ...values }),
  xpath: beside({
    xpath: z.string().min(1).describe('An expression of XPath 1.0 on the body, XML or HTML'),
    ...texts,
    ...found,
    ...several,
  }),
  regex: beside({
    regex: z.string().min(1).describe('A regular expression (JavaScript): its first group, or what it matches'),
    ...texts,
    ...found,
    ...several,
  }),
  body: z.strictObject({ body: text.describe('The body as text') }),
  sha256: z.strictObject({ sha256: z.string().min(1).describe('SHA-256 of the body in hexadecimal digits') }),
  size: z.strictObject({ size: z.union([size, one(numbers(size))]).describe('Bytes of the body, unpacked') }),
  latency: z.strictObject({
    latency: z
      .strictObject({
        atMost: duration.optional().describe('Slower fails'),
        degradedOver: duration.optional().describe('Slower degrades'),
      })
      .refine((words) => Object.keys(words).length > 0, 'must say atMost or degradedOver')
      .meta({ minProperties: 1 })
      .describe('Time from the start to the end of the answer'),
  }),
  url: z.strictObject({ url: text.describe('The URL of the last answer, after redirects') }),
  httpVersion: z.strictObject({ httpVersion: text.describe('1.1 or 2') }),
  redirects: z.strictObject({ redirects: number.describe('How many were followed') }),
  hop: beside({
    hop: z
      .strictObject({
        index: z.int().min(-20).max(20).describe('0 is the first answer, -1 the last'),
        status: z.literal(true).optional().describe('Its status'),
        url: z.literal(true).optional().describe('Its URL'),
        header: headerName.optional().describe('A header of it'),
      })
      .refine((words) => Object.keys(words).length === 2, 'must say one of status: true, url: true and header: NAME')
      .meta({ minProperties: 2, maxProperties: 2 })
      .describe('One answer on the way through redirects'),
    ...texts,
    equals: z.union([z.string(), z.int()]).optional().describe('Is this text, or this status'),
    ...found,
  }),
  certificate: z.strictObject({
    certificate: one({
      daysLeft: z
        .union([amount, one(numbers(amount))])
        .optional()
        .describe('Days until it expires; a plain number is the least'),
      subject: text.optional().describe('Whom it is for'),
      issuer: text.optional().describe('Who signed it'),
      names: z.union([z.string(), oneOfLists]).optional().describe('The names it is for; a plain text must be one of them'),
      fingerprint: text.optional().describe('Its SHA-256, in lower-case hexadecimal digits'),
      trusted: z.boolean().optional().describe('Whether it leads to a trusted authority and is for the name'),
      chain: z.union([z.string(), oneOfLists]).optional().describe('Subjects from it to the root; a plain text must be one of them'),
    }).describe('The certificate of the server'),
  }),
  protocol: z.strictObject({ protocol: text.describe('TLSv1.2 or TLSv1.3') }),
  received: z.strictObject({ received: text.describe('What the server sent, as text') }),
  records: z.strictObject({
    records: z
      .union([z.string(), z.array(z.string()), oneOfLists])
      .describe('The records; a plain text or list is all of them, in any order'),
  }),
  code: z.strictObject({ code: z.union([z.string(), z.int(), one(numbers(z.int()))]).describe('NOERROR, NXDOMAIN; of gRPC 0 for OK') }),
  serving: z.strictObject({ serving: text.describe('SERVING, NOT_SERVING, UNKNOWN, SERVICE_UNKNOWN') }),
  message: z.strictObject({ message: text.describe('The message of the gRPC status') }),
} as const;

const members = Object.values(assertionSchemas);

export const assertionSchema = z.union(members).meta({ id: 'assertion', description: 'One thing that is asked of the answer' });
export type AssertionInput = z.infer<typeof assertionSchema>;

const secret = z.boolean().optional().describe('Taken out of every report');
const whole = z.literal(true);

/** A value of the answer that later checks use. */
export const captureSchemas = {
  jsonPath: z.strictObject({ jsonPath: z.string().min(1).describe('A path of RFC 9535 that finds one value'), secret }),
  header: z.strictObject({ header: headerName.describe('A header'), secret }),
  cookie: z.strictObject({ cookie: oneLine.describe('A cookie'), secret }),
  regex: z.strictObject({ regex: z.string().min(1).describe('The first group, or the match'), secret }),
  xpath: z.strictObject({ xpath: z.string().min(1).describe('An expression of XPath 1.0'), secret }),
  body: z.strictObject({ body: whole.describe('The body as text'), secret }),
  status: z.strictObject({ status: whole.describe('The status'), secret }),
  url: z.strictObject({ url: whole.describe('The URL of the last answer'), secret }),
  received: z.strictObject({ received: whole.describe('What a TCP server sent'), secret }),
  records: z.strictObject({ records: whole.describe('The first DNS record'), secret }),
} as const;

export const captureSchema = z.union(Object.values(captureSchemas));
export type CaptureInput = z.infer<typeof captureSchema>;
