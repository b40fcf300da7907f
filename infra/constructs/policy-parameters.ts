import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { LARGEST_DOCUMENT_BYTES } from '../../lib/configuration/document-pieces.ts';

export interface PolicyParametersProps {
  /** Name of the nth parameter. */
  readonly nameOf: (index: number) => string;
  readonly documents: readonly string[];
  readonly description: string;
}

/** The policy of a function, which it reads at run time: a changed policy needs no new code. */
export class PolicyParameters extends Construct {
  constructor(scope: Construct, id: string, { nameOf, documents, description }: PolicyParametersProps) {
    super(scope, id);
    for (const [index, stringValue] of documents.entries()) {
      const bytes = Buffer.byteLength(stringValue);
      if (bytes > LARGEST_DOCUMENT_BYTES)
        throw new Error(
          `${nameOf(index)} would hold ${bytes} bytes: SSM takes ${LARGEST_DOCUMENT_BYTES}; shorten what the file says of it`,
        );
      new StringParameter(this, `${index}`, { parameterName: nameOf(index), stringValue, description, tier: ParameterTier.STANDARD });
    }
  }
}
