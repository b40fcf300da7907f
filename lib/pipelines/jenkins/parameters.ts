/** A file parameter's content. */
export interface FileParameter {
  readonly name: string;
  readonly fileName: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface JobParameters {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly files?: readonly FileParameter[];
  /** Let the job's quiet period pass first. */
  readonly quietPeriod?: boolean;
}

/**
 * What a build is started with, as a request body: addresses end up in access logs, bodies do not. Multipart only where there are files, because
 * some proxies look at such bodies twice.
 */
export function parameterBody({ parameters = {}, files = [], quietPeriod = false }: JobParameters): URLSearchParams | FormData {
  const fields = Object.entries(quietPeriod || 'delay' in parameters ? parameters : { ...parameters, delay: '0sec' });
  if (files.length === 0) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (const { name, fileName, content } of files) form.append(name, new Blob([content]), fileName);
  return form;
}
