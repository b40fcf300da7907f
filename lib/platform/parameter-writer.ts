/** A parameter as it is to be. */
export interface ParameterToWrite {
  readonly name: string;
  readonly type: 'String' | 'SecureString';
  readonly value: string;
}

/** A parameter as it is; `type` is whatever the store has. */
export interface StoredParameter {
  readonly type: string;
  readonly value: string;
}

/** Where named values are written: SSM parameters on AWS. Both methods reject with typed errors that hold no value. */
export interface ParameterWriter {
  /** Those of the names that exist, decrypted. */
  read(names: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, StoredParameter>>;
  /** Creates it, or gives it a new value. */
  write(parameter: ParameterToWrite, signal?: AbortSignal): Promise<void>;
}
