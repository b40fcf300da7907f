import type { Problem } from '../platform/schema-problems.ts';
import { parseIpRange } from '../smoke/addresses/ip-range.ts';
import { isPermitted } from '../smoke/gate/permitted-addresses.ts';
import type { Suite } from '../smoke/suite/suite.ts';
import { inPieces, LARGEST_DOCUMENT_BYTES, MOST_PIECES } from './document-pieces.ts';
import type { SuiteDocument } from './stage-smoke.ts';

export interface SuiteSurroundings {
  readonly document: SuiteDocument;
  /** Of the file's `smoke`. */
  readonly allow: readonly string[];
}

/** What is good on the command line and cannot be on Lambda, or is not permitted there; paths are those of the suite's file. */
export function checkSuite({ variables, allow: asked }: Pick<Suite, 'variables' | 'allow'>, around: SuiteSurroundings): readonly Problem[] {
  return [...tooLarge(around.document), ...notPermitted(asked, around.allow), ...ofTheEnvironment(variables)];
}

function tooLarge({ json }: SuiteDocument): Problem[] {
  const pieces = inPieces(json).length;
  if (pieces <= MOST_PIECES) return [];
  const most = (MOST_PIECES * LARGEST_DOCUMENT_BYTES) / 1024;
  const kib = Math.ceil(Buffer.byteLength(json) / 1024);
  return [{ path: [], message: `is too large to be deployed: ${kib} KiB, and ${most} are the most; make two suites of it` }];
}

function notPermitted(asked: readonly string[], permitted: readonly string[]): Problem[] {
  return asked.flatMap((text, index) => {
    const path = ['allow', index];
    if (parseIpRange(text) === undefined) return [{ path, message: `must be an address or a network: 127.0.0.1 or 10.0.0.0/8` }];
    return isPermitted(text, permitted)
      ? []
      : [{ path, message: `${text} is not permitted; name it in nightshift.yaml, under smoke.allow` }];
  });
}

function ofTheEnvironment(variables: Suite['variables']): Problem[] {
  return Object.entries(variables).flatMap(([name, source]) =>
    source.kind === 'env'
      ? [
          {
            path: ['variables', name],
            message: `is of the environment (${source.name}), which the function does not have; take it from SSM, or let the caller give it (given: true)`,
          },
        ]
      : [],
  );
}
