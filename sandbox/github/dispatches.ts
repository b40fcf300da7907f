import type { CiAnswer } from '../ci/http.ts';
import { json, refusal } from './answers.ts';
import type { Repository } from './repository.ts';
import type { SandboxWorkflow } from './workflows.ts';

/** What the server understands: run details are newer than Enterprise Server 3.20. */
export type GithubVersion = 'cloud' | 'ghes-3.20';

type Fields = Readonly<Record<string, unknown>>;

/** POST `/actions/workflows/{file}/dispatches`. */
export function workflowDispatch(repository: Repository, file: string, body: Fields, version: GithubVersion): CiAnswer {
  const workflow = repository.workflows.get(file);
  if (!workflow) return refusal(404, 'Not Found');
  const { ref, inputs = {}, return_run_details: details, ...rest } = body;
  const unknown = [...Object.keys(rest), ...(version === 'cloud' || details === undefined ? [] : ['return_run_details'])];
  if (unknown.length > 0) return refusal(400, `Invalid request.\n\n"${unknown[0]}" is not a permitted key.`);
  if (typeof ref !== 'string' || !isTexts(inputs)) return refusal(422, 'Invalid request.\n\nFor "properties/ref", nil is not a string.');
  if (!repository.refs.includes(ref)) return refusal(422, `No ref found for: ${ref}`);
  if (workflow.dispatchable === false) return refusal(422, "Workflow does not have 'workflow_dispatch' trigger");
  const problem = inputProblem(workflow, inputs);
  if (problem !== undefined) return refusal(422, problem);
  const run = repository.actions.start({ workflow: file, event: 'workflow_dispatch', branch: ref, inputs });
  if (details !== true) return { status: 204 };
  return json(200, {
    workflow_run_id: run.id,
    run_url: `${repository.api}/actions/runs/${run.id}`,
    html_url: `${repository.html}/actions/runs/${run.id}`,
  });
}

function inputProblem(workflow: SandboxWorkflow, inputs: Readonly<Record<string, string>>): string | undefined {
  const declared = workflow.inputs ?? {};
  const names = Object.keys(inputs);
  if (names.length > 25) return 'you may only define up to 25 `inputs` for a `workflow_dispatch` event';
  const unexpected = names.filter((name) => !Object.hasOwn(declared, name));
  if (unexpected.length > 0) return `Unexpected inputs provided: ${JSON.stringify(unexpected)}`;
  for (const [name, { required, options }] of Object.entries(declared)) {
    const value = inputs[name];
    if (required && value === undefined) return `Required input '${name}' not provided`;
    if (options && value !== undefined && !options.includes(value)) {
      return `Provided value '${value}' for input '${name}' not in the list of allowed values`;
    }
  }
  return undefined;
}

/** POST `/dispatches`. */
export function repositoryDispatch(repository: Repository, { event_type: type, client_payload: payload = {} }: Fields): CiAnswer {
  if (typeof type !== 'string' || type === '' || type.length > 100)
    return refusal(422, 'Invalid request.\n\n"event_type" wasn\'t supplied.');
  if (typeof payload !== 'object' || payload === null || Object.keys(payload).length > 10) {
    return refusal(422, 'Invalid request.\n\nNo more than 10 properties are allowed; 11 were supplied.');
  }
  if (JSON.stringify(payload).length >= 65_536) return refusal(422, 'client_payload is too large.');
  repository.events.push({ type, payload: { ...payload } });
  return { status: 204 };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');
}
