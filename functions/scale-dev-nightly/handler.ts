import { type LambdaHandler, lambdaHandler } from '../../lib/platform/lambda-handler.ts';
import { scaleDevNightly } from './job.ts';

export const handler: LambdaHandler = lambdaHandler(scaleDevNightly);
