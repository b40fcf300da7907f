import { NightshiftError } from '../platform/errors.ts';

/** Nobody is signed in: AWS credentials cannot be had, have expired or are refused. The hint says where to sign in. */
export class IdentityError extends NightshiftError {
  readonly code = 'aws_credentials';
}
