import type { StateStore, StoredState } from '../../lib/platform/state-store.ts';
import { StateStoreError } from '../../lib/platform/state-store-error.ts';
import { CallFaults } from './model-faults.ts';

/** Documents in memory; each run looks at them through its own faults. */
export class ModelState {
  readonly #documents = new Map<string, StoredState>();
  #version = 0;

  keys(): readonly string[] {
    return [...this.#documents.keys()].sort();
  }

  /** Keys and bodies, by key. */
  documents(): readonly (readonly [key: string, body: string])[] {
    return this.keys().map((key) => [key, this.#documents.get(key)?.body ?? '']);
  }

  /** What a person with an editor does to it. */
  overwrite(key: string, body: string): void {
    this.#version += 1;
    this.#documents.set(key, { body, etag: String(this.#version) });
  }

  store(faults: CallFaults = new CallFaults()): StateStore {
    const location = 'memory';
    const refusal = (): Error => new StateStoreError('write state failed: refused', { location, hint: 'allow the write' });
    const documents = this.#documents;
    return {
      location,
      get: (key) => faults.around(() => documents.get(key), { refusal, repeated: () => documents.get(key) }),
      list: (prefix) => {
        const matching = (): readonly string[] => this.keys().filter((key) => key.startsWith(prefix));
        return faults.around(matching, { refusal, repeated: matching });
      },
      putIfAbsent: (key, body) =>
        faults.around<'created' | 'exists'>(
          () => {
            if (documents.has(key)) return 'exists';
            this.overwrite(key, body);
            return 'created';
          },
          { refusal, repeated: () => 'exists' },
        ),
      replace: (key, body, etag) =>
        faults.around<'replaced' | 'changed'>(
          () => {
            if (documents.get(key)?.etag !== etag) return 'changed';
            this.overwrite(key, body);
            return 'replaced';
          },
          { refusal, repeated: () => 'changed' },
        ),
    };
  }
}
