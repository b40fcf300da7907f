import { ProbeFailure } from './probe-failure.ts';

/** More came than the check reads. */
export function bodyTooLarge(mostBytes: number): ProbeFailure {
  return new ProbeFailure('limit', `the answer is larger than ${mostBytes} bytes`, 'ask for less, or raise `maxBody`');
}
