import type { Fields } from '../../kubernetes/fields.ts';

/**
 * The group and kind of an object as Kubernetes' own programs read them: `apps/Deployment`, `Pod` of the core group, and '' for an apiVersion that cannot be one.
 * Unlike manifests written by hand, an object without apiVersion is of the core group.
 */
export function groupKindOf({ apiVersion, kind }: Fields): string {
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  const [group = '', ...rest] = version.split('/');
  if (rest.length > 1) return '';
  const name = typeof kind === 'string' ? kind : '';
  return rest.length === 0 || group === '' ? name : `${group}/${name}`;
}
