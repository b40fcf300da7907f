/** Where AWS's own engine, DynamoDB Local, answers. */
export const DYNAMODB_LOCAL_ENV = 'NIGHTSHIFT_DYNAMODB_LOCAL_ENDPOINT';

/**
 * The endpoint of DynamoDB Local, or nothing where the suite on it cannot run: on a laptop without Java it is passed over, and says so;
 * in CI that would be a suite that silently never runs: there it throws.
 */
export function dynamodbLocalEndpoint(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const endpoint = env[DYNAMODB_LOCAL_ENV];
  if (endpoint) return endpoint;
  const message = `${DYNAMODB_LOCAL_ENV} is not set: the suite on AWS's own engine of DynamoDB cannot run`;
  if (env.CI === 'true') throw new Error(`${message}; CI must serve DynamoDB Local`);
  process.stderr.write(`\nSKIPPED: ${message}. Start DynamoDB Local and set it to its URL.\n\n`);
  return undefined;
}
