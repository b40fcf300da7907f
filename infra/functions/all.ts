import type { FunctionDefinition } from './definition.ts';
import { postDeploySmoke } from './post-deploy-smoke.ts';
import { scaleDevNightly } from './scale-dev-nightly.ts';

/** Every function that a stage deploys. */
export const FUNCTIONS: readonly FunctionDefinition[] = [scaleDevNightly, postDeploySmoke];
