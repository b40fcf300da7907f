import { isArnLike, matchesText } from './wildcard.ts';

/** One line of a Condition: any of `values` will do. */
export interface Condition {
  readonly operator: ConditionOperator;
  /** In lower case: IAM does not look at the case of keys. */
  readonly key: string;
  readonly values: readonly string[];
}

/** What is known about a request beside its action and resource, by condition key. */
export type RequestContext = Readonly<Record<string, string>>;

const operators = {
  StringEquals: (wanted: string, value: string) => wanted === value,
  StringLike: (wanted: string, value: string) => matchesText(wanted, value),
  // The two are one: ArnEquals takes wildcards as well.
  ArnEquals: (wanted: string, value: string) => isArnLike(wanted, value),
  ArnLike: (wanted: string, value: string) => isArnLike(wanted, value),
  Bool: (wanted: string, value: string) => wanted.toLowerCase() === value.toLowerCase(),
  // Of keys with several values in general; those known here have one or none, and none is what every set of values holds.
  'ForAllValues:StringEquals': (wanted: string, value: string) => wanted === value,
  'ForAllValues:StringLike': (wanted: string, value: string) => matchesText(wanted, value),
} as const satisfies Readonly<Record<string, (wanted: string, value: string) => boolean>>;

export type ConditionOperator = keyof typeof operators;

export function isConditionOperator(name: string): name is ConditionOperator {
  return Object.hasOwn(operators, name);
}

export const conditionOperators: readonly string[] = Object.keys(operators);

/** The keys that the endpoint fills in. Another one would never hold here, whatever it does on AWS. */
export const conditionKeys: readonly string[] = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:ResourceOrgID',
  'aws:SecureTransport',
  'dynamodb:LeadingKeys',
  's3:delimiter',
  's3:prefix',
  'sts:ExternalId',
  'sts:RoleSessionName',
];

/** Keys that only services send, when they ask for a resource: policies of resources may name them. */
export const serviceConditionKeys: readonly string[] = ['aws:SourceAccount', 'aws:SourceArn'];

/** Whether all conditions hold; one whose key the request does not have does not, unless it speaks of all values. */
export function conditionsHold(conditions: readonly Condition[], context: RequestContext): boolean {
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return conditions.every(({ operator, key, values }) => {
    const value = known.get(key);
    if (value === undefined) return operator.startsWith('ForAllValues:');
    return values.some((wanted) => operators[operator](wanted, value));
  });
}
