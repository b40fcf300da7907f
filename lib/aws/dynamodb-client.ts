import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The DynamoDB client of a region and role. It answers in milliseconds or not at all: nobody waits ten seconds for an attempt. */
export const dynamodbClient = onePerTarget((target) =>
  tellTraffic(new DynamoDBClient({ ...clientConfig(target, { requestTimeoutMs: 3_000 }) })),
);
