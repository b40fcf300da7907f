/**
 * Why an attempt did not succeed; retry policies name these. `refused` is an address that a suite may not speak to, `limit` a body beyond its cap,
 * `protocol` an answer that cannot be understood, `status` any other HTTP status than asked for, `assertion` everything else that was asked for.
 */
export const FAILURE_CLASSES = [
  'dns',
  'connect',
  'tls',
  'timeout',
  'refused',
  'limit',
  'protocol',
  '429',
  '5xx',
  'status',
  'assertion',
] as const;

export type FailureClass = (typeof FAILURE_CLASSES)[number];
