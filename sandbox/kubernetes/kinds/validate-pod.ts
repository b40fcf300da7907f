import type { ApiObject } from '../api-object.ts';
import { clone, equal, isJsonObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import type { FieldCause } from '../status.ts';
import { forbiddenField, invalidValue, notSupported, required } from './causes.ts';
import { labelCauses } from './validate-metadata.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The pod template of a workload at a path such as `spec.template`. */
export function validateTemplate(owner: JsonObject | undefined, path: string, restartPolicies: readonly string[]): FieldCause[] {
  const template = objectAt(owner, 'template');
  const labels = objectAt(template, 'metadata', 'labels') ?? {};
  return [
    ...labelCauses(`${path}.metadata.labels`, labels as Record<string, string>),
    ...validatePodSpec(objectAt(template, 'spec') ?? {}, `${path}.spec`, restartPolicies),
  ];
}

function validatePodSpec(spec: JsonObject, path: string, restartPolicies: readonly string[]): FieldCause[] {
  const containers = listAt(spec, 'containers');
  const causes = containers.length === 0 ? [required(`${path}.containers`)] : [];
  causes.push(
    ...containerCauses(containers, `${path}.containers`),
    ...containerCauses(listAt(spec, 'initContainers'), `${path}.initContainers`),
  );
  const policy = spec.restartPolicy;
  if (policy !== undefined && !restartPolicies.includes(String(policy)))
    causes.push(notSupported(`${path}.restartPolicy`, policy, restartPolicies));
  return causes;
}

function containerCauses(containers: readonly Json[], path: string): FieldCause[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const field = `${path}[${index}]`;
    const name = textAt(container, 'name') ?? '';
    const causes: FieldCause[] = [];
    if (name === '') causes.push(required(`${field}.name`));
    else if (!LABEL.test(name))
      causes.push(
        invalidValue(
          `${field}.name`,
          name,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ),
      );
    else if (seen.has(name))
      causes.push({ reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(name)}`, field: `${field}.name` });
    seen.add(name);
    if (!textAt(container, 'image')) causes.push(required(`${field}.image`));
    return causes;
  });
}

/** A pod's spec is fixed once it runs, but for images, the deadline and added tolerations. */
export function validatePod(pod: ApiObject, previous?: ApiObject): FieldCause[] {
  const causes = validatePodSpec(objectAt(pod, 'spec') ?? {}, 'spec', ['Always', 'OnFailure', 'Never']);
  if (!previous || equal(fixedPart(pod, previous), fixedPart(previous, previous))) return causes;
  return [
    ...causes,
    forbiddenField(
      'spec',
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ),
  ];
}

/** The spec without what may change; a nodeName that was empty may be set (that is what binding does). */
function fixedPart(pod: ApiObject, previous: ApiObject): JsonObject {
  const spec = clone<JsonObject>(objectAt(pod, 'spec') ?? {});
  delete spec.activeDeadlineSeconds;
  delete spec.tolerations;
  if (!textAt(previous, 'spec', 'nodeName')) delete spec.nodeName;
  for (const container of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')])
    if (isJsonObject(container)) delete container.image;
  return spec;
}
