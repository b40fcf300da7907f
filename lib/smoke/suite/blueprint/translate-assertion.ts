import type { BlueprintAssertion } from './blueprint-schema.ts';
import type { Findings, Substitution } from './substitution.ts';

/** Assertions of a suite, as they are written there. */
type Translated = readonly Record<string, unknown>[];

/** What CloudWatch asks, in the words of a suite; what has no words there is refused. */
export function translateAssertion(
  assertion: BlueprintAssertion,
  path: readonly PropertyKey[],
  substitution: Substitution,
  findings: Findings,
): Translated {
  const refuse = (message: string): Translated => {
    findings.refuse(path, message);
    return [];
  };
  const text = (value: string): string => substitution.text(value);
  switch (assertion.type) {
    case 'STATUS_CODE':
      return statusCode(assertion, refuse);
    case 'RESPONSE_TIME':
      return assertion.operator === 'LESS_THAN'
        ? [{ latency: { atMost: `${Math.round(assertion.value)}ms` } }]
        : refuse('RESPONSE_TIME can be LESS_THAN alone: nobody waits for a service to be slow');
    case 'HEADER': {
      const { headerName, operator, value } = assertion;
      if (operator === 'EXIST') return [{ header: headerName, exists: value !== false }];
      if (typeof value !== 'string') return refuse(`${operator} needs a text as its value`);
      return [{ header: headerName, [TEXT[operator]]: operator === 'REGEX_MATCH' ? value : text(value) }];
    }
    case 'BODY':
      return body(assertion, text, refuse);
    case 'RECORD_VALUE':
      return recordValue(assertion, text, refuse);
    case 'RECORD_COUNT':
      return [{ records: { count: { [NUMBER[assertion.operator]]: assertion.value } } }];
    case 'AUTHORITATIVE':
    case 'TTL':
      return refuse(`${assertion.type} has no counterpart: of an answer of DNS its records and code are looked at`);
    case 'CERTIFICATE_EXPIRY': {
      const days = assertion.unit === 'HOURS' ? assertion.value / 24 : assertion.value;
      return [{ certificate: { daysLeft: { [NUMBER[assertion.operator]]: days } } }];
    }
    case 'CERTIFICATE_SUBJECT':
    case 'CERTIFICATE_ISSUER':
      return distinguishedName(assertion, refuse);
    case 'CONNECTION_SUCCESSFUL':
      return assertion.value ? [] : refuse('CONNECTION_SUCCESSFUL: false has no counterpart: a port that cannot be reached is a failure');
    case 'RESPONSE_DATA':
      if (assertion.encoding === 'HEX') return refuse('RESPONSE_DATA in HEX has no counterpart; ask for text');
      return [{ received: { [TEXT[assertion.operator]]: assertion.operator === 'REGEX_MATCH' ? assertion.value : text(assertion.value) } }];
    default:
      return assertion satisfies never;
  }
}

type Refuse = (message: string) => Translated;
type Of<Type> = Extract<BlueprintAssertion, { type: Type }>;

const TEXT = {
  EQUALS: 'equals',
  NOT_EQUALS: 'notEquals',
  CONTAINS: 'contains',
  NOT_CONTAINS: 'notContains',
  REGEX_MATCH: 'matches',
  STARTS_WITH: 'startsWith',
  ENDS_WITH: 'endsWith',
} as const;
const NUMBER = { EQUALS: 'equals', GREATER_THAN: 'greaterThan', LESS_THAN: 'lessThan' } as const;

function statusCode({ operator, value, rangeMin, rangeMax }: Of<'STATUS_CODE'>, refuse: Refuse): Translated {
  if (operator === 'IN_RANGE')
    return rangeMin === undefined || rangeMax === undefined
      ? refuse('IN_RANGE needs rangeMin and rangeMax')
      : [{ status: `${rangeMin}-${rangeMax}` }];
  if (value === undefined) return refuse(`${operator} needs a value`);
  switch (operator) {
    case 'EQUALS':
      return [{ status: value }];
    case 'NOT_EQUALS':
      return [{ status: { not: value } }];
    case 'GREATER_THAN':
      return value >= 599 ? refuse('no status is greater than 599') : [{ status: `${value + 1}-599` }];
    case 'LESS_THAN':
      return value <= 100 ? refuse('no status is less than 100') : [{ status: `100-${value - 1}` }];
    default:
      return operator satisfies never;
  }
}

function body({ target = 'JSON', path, operator, value }: Of<'BODY'>, text: (value: string) => string, refuse: Refuse): Translated {
  if (target === 'TEXT') {
    if (operator === 'EXISTS') return [{ size: value === false ? { equals: '0B' } : { atLeast: '1B' } }];
    return [{ body: { [TEXT[operator]]: text(String(value)) } }];
  }
  if (path === undefined) return refuse('the target JSON needs a path');
  if (operator === 'EXISTS') return [{ jsonPath: path, exists: value !== false }];
  if (operator === 'CONTAINS' || operator === 'NOT_CONTAINS') return [{ jsonPath: path, [TEXT[operator]]: text(String(value)) }];
  // There values are texts, and a number or boolean in the body is compared by how it is written.
  const alike = alternatives(typeof value === 'string' ? text(value) : value);
  return operator === 'EQUALS' ? [{ jsonPath: path, in: alike }] : alike.map((each) => ({ jsonPath: path, notEquals: each }));
}

function alternatives(value: string | number | boolean): readonly unknown[] {
  const written = String(value);
  if (written === 'true' || written === 'false') return [written, written === 'true'];
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(written) ? [written, Number(written)] : [written];
}

function recordValue({ operator, value }: Of<'RECORD_VALUE'>, text: (value: string) => string, refuse: Refuse): Translated {
  switch (operator) {
    case 'EQUALS':
      return [{ records: { contains: text(value) } }];
    case 'NOT_EQUALS':
      return [{ records: { notContains: text(value) } }];
    case 'CONTAINS':
      return [{ records: { matches: escapePattern(value) } }];
    case 'REGEX_MATCH':
      return [{ records: { matches: value } }];
    case 'NOT_CONTAINS':
      return refuse('RECORD_VALUE NOT_CONTAINS has no counterpart; NOT_EQUALS asks that no record is the value');
    default:
      return operator satisfies never;
  }
}

function distinguishedName(assertion: Of<'CERTIFICATE_SUBJECT' | 'CERTIFICATE_ISSUER'>, refuse: Refuse): Translated {
  const { type, field, operator, value } = assertion;
  const begin = String.raw`(?:^|[,/\n]\s*)${field}\s*=\s*`;
  const end = String.raw`\s*(?:$|[,/\n])`;
  const word = type === 'CERTIFICATE_SUBJECT' ? 'subject' : 'issuer';
  switch (operator) {
    case 'EQUALS':
      return [{ certificate: { [word]: { matches: `${begin}${escapePattern(value)}${end}` } } }];
    case 'CONTAINS':
      return [{ certificate: { [word]: { matches: `${begin}[^,\\n]*${escapePattern(value)}` } } }];
    case 'REGEX_MATCH':
      return refuse(
        `${type} REGEX_MATCH has no counterpart for one field; certificate: { ${word}: { matches: ... } } looks at the whole name`,
      );
    default:
      return operator satisfies never;
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
