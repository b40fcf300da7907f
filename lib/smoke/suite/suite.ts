import type { FailureClass } from '../failure-class.ts';
import type { Assertion, Capture } from './assertion.ts';
import type { ProbeTemplate } from './probe-kinds.ts';

export type { Assertion, Capture } from './assertion.ts';
export type { DnsProbe, GrpcProbe, HttpProbe, Probe, ProbeTemplate, TcpProbe, TlsProbe } from './probe-kinds.ts';

/** Where the text of a variable comes from. Secret ones are taken out of every report. */
export type VariableSource =
  | { readonly kind: 'value'; readonly value: string; readonly secret: boolean }
  /** The caller gives it: `--var`, or the event. */
  | { readonly kind: 'given'; readonly secret: boolean }
  /** Of the environment, for the CLI alone. */
  | { readonly kind: 'env'; readonly name: string; readonly secret: boolean }
  | { readonly kind: 'configMap'; readonly namespace: string; readonly name: string; readonly key: string; readonly secret: boolean }
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string; readonly key: string; readonly secret: true }
  | { readonly kind: 'ssm'; readonly name: string; readonly secret: boolean }
  /** `key` is a field of the secret's JSON; without it the whole text. */
  | { readonly kind: 'secretsManager'; readonly id: string; readonly key?: string; readonly secret: boolean };

export interface Retry {
  /** At least 1; the first one included. */
  readonly attempts: number;
  readonly on: readonly FailureClass[];
  /** Before the second attempt; doubled before each further one, up to `maxBackoffMs`. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  readonly jitter: boolean;
}

export interface Check {
  /** Unique in the suite. */
  readonly name: string;
  readonly probe: ProbeTemplate;
  /** What is meant without being written (a status of 2xx, a limit that only degrades) is among them. */
  readonly assert: readonly Assertion[];
  /** By the name that later checks use. */
  readonly capture: Readonly<Record<string, Capture>>;
  /** Names of checks, explicit ones and those whose captures are used. */
  readonly dependsOn: readonly string[];
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly retry: Retry;
  /** Consecutive ones. */
  readonly successes: number;
  /** Between successes. */
  readonly intervalMs: number;
  readonly optional: boolean;
}

/** The check whose success proves that the expected version answers; it is one of `checks`, and its `successes` are those of the identity. */
export interface Identity {
  readonly check: string;
  readonly successes: number;
}

/** Names that every suite may use and that only the caller knows. */
export const EXPECTED_NAMES = ['expected.version', 'expected.digest'] as const;

/** A suite as it is meant: defaults filled in, durations in milliseconds, sizes in bytes. */
export interface Suite {
  readonly version: 1;
  readonly name: string;
  readonly deadlineMs: number;
  /** Addresses and networks that are refused unless named here; only as far as the configuration permits it. */
  readonly allow: readonly string[];
  readonly variables: Readonly<Record<string, VariableSource>>;
  /** In the order of the file. */
  readonly checks: readonly Check[];
  readonly identity?: Identity;
  /** Things to look at that are no mistakes; one line each, with the place where it is known. */
  readonly warnings: readonly string[];
}
