import type { ApiObject } from '../api-object.ts';
import type { FieldCause } from '../status.ts';
import { forbiddenField, invalidValue, required, tooLong } from './causes.ts';
import type { Kind, NameRule } from './kind.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const SERVICE = '[a-z]([-a-z0-9]*[a-z0-9])?';

const NAME_RULES: Readonly<Record<NameRule, { readonly pattern: RegExp; readonly why: string }>> = {
  subdomain: {
    pattern: new RegExp(`^${SUBDOMAIN}$`),
    why: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
  },
  label: {
    pattern: new RegExp(`^${LABEL}$`),
    why: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
  },
  service: {
    pattern: new RegExp(`^${SERVICE}$`),
    why: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${SERVICE}')`,
  },
  path: { pattern: /^(?!\.{1,2}$)[^/%]+$/, why: "may not be '.' or '..' or contain '/' or '%'" },
};

const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const NAME_PART_WHY =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_VALUE_WHY =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** All keys and values of an object's annotations together, in bytes. */
const MAX_ANNOTATIONS = 256 * 1024;

/** Names, labels and annotations, as the API server checks them on every write. */
export function validateMetadata(kind: Kind, object: ApiObject, previous?: ApiObject): FieldCause[] {
  const { metadata } = object;
  const causes = previous ? [] : nameCauses(kind, metadata.name);
  if (previous && metadata.name !== previous.metadata.name) causes.push(invalidValue('metadata.name', metadata.name, 'field is immutable'));
  causes.push(...labelCauses('metadata.labels', metadata.labels ?? {}), ...annotationCauses(metadata.annotations ?? {}));
  for (const [index, finalizer] of (metadata.finalizers ?? []).entries())
    causes.push(...finalizerCauses(`metadata.finalizers[${index}]`, finalizer, kind));
  if (previous?.metadata.deletionTimestamp) causes.push(...addedFinalizers(object, previous));
  for (const [index, owner] of (metadata.ownerReferences ?? []).entries()) {
    if (!owner.uid) causes.push(required(`metadata.ownerReferences[${index}].uid`));
  }
  return causes;
}

function nameCauses(kind: Kind, name: string): FieldCause[] {
  if (!name) return [required('metadata.name', 'name or generateName is required')];
  const rule = NAME_RULES[kind.nameRule];
  const causes = rule.pattern.test(name) ? [] : [invalidValue('metadata.name', name, rule.why)];
  if (name.length > kind.maxNameLength) {
    const unit = kind.plural === 'cronjobs' ? 'characters' : 'bytes';
    causes.unshift(invalidValue('metadata.name', name, `must be no more than ${kind.maxNameLength} ${unit}`));
  }
  return causes;
}

/** @param field where the labels are, for the message. */
export function labelCauses(field: string, labels: Readonly<Record<string, string>>): FieldCause[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const causes = keyCauses(field, key);
    if (value.length > 63) causes.push(invalidValue(field, value, 'must be no more than 63 bytes'));
    if (!LABEL_VALUE.test(value)) causes.push(invalidValue(field, value, LABEL_VALUE_WHY));
    return causes;
  });
}

function annotationCauses(annotations: Readonly<Record<string, string>>): FieldCause[] {
  // Prefixes of annotation keys may be upper case: the server lowers the key before it checks.
  const causes = Object.keys(annotations).flatMap((key) => keyCauses('metadata.annotations', key.toLowerCase()));
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) size += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (size > MAX_ANNOTATIONS) causes.push(tooLong('metadata.annotations', `may not be more than ${MAX_ANNOTATIONS} bytes`));
  return causes;
}

function keyCauses(field: string, key: string): FieldCause[] {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (prefix !== undefined && (name.includes('/') || !NAME_RULES.subdomain.pattern.test(prefix) || prefix.length > 253)) {
    return [invalidValue(field, key, `prefix part ${NAME_RULES.subdomain.why}`)];
  }
  if (name.length > 63) return [invalidValue(field, key, 'name part must be no more than 63 bytes')];
  return NAME_PART.test(name) ? [] : [invalidValue(field, key, name === '' ? 'name part must be non-empty' : NAME_PART_WHY)];
}

function finalizerCauses(field: string, finalizer: string, kind: Kind): FieldCause[] {
  const causes = keyCauses(field, finalizer);
  const known = ['orphan', 'foregroundDeletion', 'kubernetes'];
  if (causes.length === 0 && !finalizer.includes('/') && !known.includes(finalizer) && kind.plural !== 'namespaces') {
    causes.push(invalidValue(field, finalizer, 'name is neither a standard finalizer name nor is it fully qualified'));
  }
  return causes;
}

function addedFinalizers(object: ApiObject, previous: ApiObject): FieldCause[] {
  const before = previous.metadata.finalizers ?? [];
  const added = (object.metadata.finalizers ?? []).filter((finalizer) => !before.includes(finalizer));
  if (added.length === 0) return [];
  return [
    forbiddenField(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((word) => JSON.stringify(word)).join(', ')}}`,
    ),
  ];
}
