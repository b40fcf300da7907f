import { accountOf, tableArn } from '../arns.ts';
import { AwsFault } from '../fault.ts';
import { assertParameters, jsonAnswer, jsonCode, knownOperation, parseJson, targetOperation } from '../json-front.ts';
import type { AwsRequest, AwsResponse, ServiceFront } from '../service.ts';
import { invalid } from './attribute-value.ts';
import { operations } from './operations.ts';
import type { Table } from './table.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.0';

export interface DynamodbOptions {
  readonly tables: ReadonlyMap<string, Table>;
  /** Items per page of a query, in the place of a megabyte. */
  readonly pageSize: number;
}

function tableOf(tables: ReadonlyMap<string, Table>, name: string): Table {
  const table = tables.get(name);
  if (!table) throw new AwsFault(400, 'ResourceNotFoundException', 'Requested resource not found');
  return table;
}

/** Errors of DynamoDB itself have its namespace, those of the door before it another one. */
function typeOf(code: string): string {
  const type = jsonCode(code);
  return /^(?:Validation|AccessDenied|ExpiredToken|IncompleteSignature|InvalidSignature|MissingAuthentication|Serialization|Throttling|UnknownOperation|UnrecognizedClient)/.test(
    type,
  )
    ? `com.amazon.coral.service#${type}`
    : `com.amazonaws.dynamodb.v20120810#${type}`;
}

/**
 * DynamoDB over AWS JSON 1.0: tables with the keys `pk` and `sk`, single items and queries. What has run out by its `ttl` stays, as it may for days on
 * AWS. Expressions are those of {@link operations}; what is not implemented is refused.
 */
export function dynamodbFront({ tables, pageSize }: DynamodbOptions): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const { body, region, identity } = request;
      const name = targetOperation(request, 'DynamoDB_20120810', CONTENT_TYPE);
      const operation = knownOperation(operations, name);
      const input = parseJson(body);
      const tableName = typeof input.TableName === 'string' ? input.TableName : '';
      if (!/^[\w.-]{3,255}$/.test(tableName)) throw invalid('TableName must be 3 to 255 of the characters a-z, A-Z, 0-9, _, . and -');
      assertParameters(input, ['TableName', ...operation.parameters]);
      const context = { 'dynamodb:LeadingKeys': operation.leadingKey(input) };
      return {
        name,
        resource: tableName,
        permissions: [{ action: `dynamodb:${name}`, resource: tableArn(region, accountOf(identity.arn), tableName), context }],
        apply: () => jsonAnswer(CONTENT_TYPE, operation.apply(tableOf(tables, tableName), input, pageSize)),
      };
    },
    fail(code, message, status, { fields }): AwsResponse {
      const item: unknown = fields.Item === undefined ? undefined : JSON.parse(fields.Item);
      const body = JSON.stringify({ __type: typeOf(code), message, ...(item !== undefined && { Item: item }) });
      return { status: status < 500 ? 400 : status, headers: { 'content-type': CONTENT_TYPE }, body };
    },
  };
}
