import { readFileSync } from 'node:fs';
import type { V1ClusterRole, V1ClusterRoleBinding } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

/** A role and its binding, as a manifest has them. */
export interface RoleManifest {
  /** Absolute, for kubectl. */
  readonly path: string;
  readonly role: V1ClusterRole;
  readonly binding: V1ClusterRoleBinding;
  /** All documents, in their order. */
  readonly objects: readonly unknown[];
}

/** Reads `infra/manifests/<name>.yaml`. @throws Error when it does not hold just a ClusterRole and its binding */
export function roleManifest(name: string): RoleManifest {
  const { pathname } = new URL(`../../infra/manifests/${name}.yaml`, import.meta.url);
  const objects = parseAllDocuments(readFileSync(pathname, 'utf8')).map((document) => document.toJS() as { readonly kind?: string });
  if (objects.map(({ kind }) => kind).join() !== 'ClusterRole,ClusterRoleBinding') throw new Error(`${pathname} holds something else`);
  const [role, binding] = objects;
  return { path: pathname, objects, role: role as V1ClusterRole, binding: binding as V1ClusterRoleBinding };
}
