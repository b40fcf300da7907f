import type { Kind } from '../kinds/kind.ts';
import type { World } from '../verbs/world.ts';
import type { Identity } from './identity.ts';
import type { Presentation } from './present.ts';
import type { RequestInfo, ResourceRequest } from './request-info.ts';

/** A request that was let in. */
export interface Call {
  readonly info: RequestInfo;
  readonly identity: Identity;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly userAgent: string | undefined;
  /** Ends watches when the server closes. */
  readonly closing: AbortSignal;
}

/** A request for objects of a kind that is served. */
export interface KindCall extends Call {
  readonly world: World;
  readonly kind: Kind;
  readonly target: ResourceRequest;
  readonly how: Presentation;
}

/** The namespace that the objects asked for are in. A Namespace is addressed by its own name and is in none. */
export function namespaceOf({ kind, target }: KindCall): string | undefined {
  return kind.namespaced ? target.namespace : undefined;
}
