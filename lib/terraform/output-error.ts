import { NightshiftError } from '../platform/errors.ts';

/** An output is not what its reader needs: missing, null, or of another type. It names the path and never the value. The configuration has to change, or the reader. */
export class TerraformOutputError extends NightshiftError {
  readonly code = 'terraform_output';
  readonly path: string;

  constructor(path: string, why: string, hint = 'correct the path, or what the configuration puts there') {
    super(`${path}: ${why}`, { hint });
    this.path = path;
  }
}
