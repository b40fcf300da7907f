/** What signs a request. Session credentials have a token, and an end. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Asked before each use; a provider renews by itself. Any provider of the AWS SDK fits. */
export type AwsCredentialProvider = () => Promise<AwsCredentials>;
