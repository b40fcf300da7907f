import { inspect } from 'node:util';

export const REDACTED = '[redacted]';

/** A value that must not be shown: prints, serialises and inspects as `[redacted]`. Only the adapter that sends it calls `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
