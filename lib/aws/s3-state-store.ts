import { randomUUID } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Clock, systemClock } from '../platform/clock.ts';
import { assertStateKey } from '../platform/state-key.ts';
import type { StateStore, StoredState } from '../platform/state-store.ts';
import { failureOf } from './failure.ts';
import { type S3StateAction, s3StateError } from './s3-state-error.ts';

/** User metadata that marks which write made an object, so that a repeated write can tell its own success from someone else's. */
const WRITE_ID = 'nightshift-write';
/** S3 answers 409 while another conditional write to the key is under way and asks to try again. */
const CONFLICT_TRIES = 6;
const CONFLICT_WAIT_MS = 50;

export interface S3StateStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Folder of all keys, without slashes at its ends. */
  readonly prefix?: string;
  readonly clock?: Clock;
  /** 0 to 1, spreads the repetitions of writers that met. */
  readonly random?: () => number;
}

interface Found extends StoredState {
  readonly writeId: string | undefined;
}

interface Write {
  readonly objectKey: string;
  readonly body: string;
  readonly condition: { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };
}

class S3StateStore implements StateStore {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor({ client, bucket, prefix = '', clock = systemClock, random = Math.random }: S3StateStoreOptions) {
    const trimmed = prefix.replace(/^\/+|\/+$/g, '');
    this.#client = client;
    this.#bucket = bucket;
    this.#folder = trimmed === '' ? '' : `${trimmed}/`;
    this.#clock = clock;
    this.#random = random;
    this.location = trimmed === '' ? `s3://${bucket}` : `s3://${bucket}/${trimmed}`;
  }

  async get(key: string, signal?: AbortSignal): Promise<StoredState | undefined> {
    const found = await this.#attempt('s3:GetObject', key, signal, () => this.#read(this.#objectKey(key), signal));
    return found && { body: found.body, etag: found.etag };
  }

  async putIfAbsent(key: string, body: string, signal?: AbortSignal): Promise<'created' | 'exists'> {
    const written = await this.#attempt('s3:PutObject', key, signal, () =>
      this.#write({ objectKey: this.#objectKey(key), body, condition: { IfNoneMatch: '*' } }, signal),
    );
    return written ? 'created' : 'exists';
  }

  async replace(key: string, body: string, etag: string, signal?: AbortSignal): Promise<'replaced' | 'changed'> {
    const written = await this.#attempt('s3:PutObject', key, signal, () =>
      this.#write({ objectKey: this.#objectKey(key), body, condition: { IfMatch: etag } }, signal),
    );
    return written ? 'replaced' : 'changed';
  }

  async list(prefix: string, signal?: AbortSignal): Promise<readonly string[]> {
    return this.#attempt('s3:ListBucket', prefix, signal, async () => {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page = await this.#client.send(
          new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: this.#folder + prefix, ContinuationToken: token }),
          this.#abort(signal),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key.slice(this.#folder.length));
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
      return keys;
    });
  }

  #objectKey(key: string): string {
    const objectKey = this.#folder + key;
    assertStateKey(this.location, key, objectKey);
    return objectKey;
  }

  #abort(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
    return signal ? { abortSignal: signal } : {};
  }

  async #attempt<T>(action: S3StateAction, key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const region = await this.#client.config.region().catch(() => 'an unknown region');
      const call = { action, key, region, location: this.location, bucket: this.#bucket, prefix: this.#folder };
      throw s3StateError(error, call, signal);
    }
  }

  async #read(objectKey: string, signal: AbortSignal | undefined): Promise<Found | undefined> {
    try {
      const object = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: objectKey }), this.#abort(signal));
      const body = await (object.Body?.transformToString('utf-8') ?? '');
      return { body, etag: object.ETag ?? '', writeId: object.Metadata?.[WRITE_ID] };
    } catch (error) {
      if (failureOf(error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** @returns whether this very write made the object; false when the condition did not hold. */
  async #write({ objectKey, body, condition }: Write, signal: AbortSignal | undefined): Promise<boolean> {
    const writeId = randomUUID();
    const command = {
      Bucket: this.#bucket,
      Key: objectKey,
      Body: body,
      ContentType: 'application/json',
      Metadata: { [WRITE_ID]: writeId },
      ...condition,
    };
    for (let tries = 1; ; tries++) {
      try {
        await this.#client.send(new PutObjectCommand(command), this.#abort(signal));
        return true;
      } catch (error) {
        const { name, status, attempts } = failureOf(error);
        if (status === 412) return (attempts > 1 || tries > 1) && (await this.#read(objectKey, signal))?.writeId === writeId;
        // If-Match on a key that is gone.
        if (name === 'NoSuchKey') return false;
        if (status !== 409 || tries === CONFLICT_TRIES) throw error;
        await this.#clock.sleep(CONFLICT_WAIT_MS * 2 ** (tries - 1) * (0.5 + this.#random() / 2), signal);
      }
    }
  }
}

/**
 * The state store on S3: conditional puts (`If-None-Match: *`, `If-Match`), all pages of lists, and a typed error that names bucket, key and permission.
 * A write whose answer was lost is repeated by the SDK and then fails its own condition: a mark in the object's metadata tells that case from a
 * real conflict, so that it reports what happened. Needs s3:GetObject and s3:PutObject on the prefix and s3:ListBucket on the bucket.
 */
export function s3StateStore(options: S3StateStoreOptions): StateStore {
  return new S3StateStore(options);
}
