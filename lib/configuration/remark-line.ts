import type { ConfigurationRemark } from './read-yaml.ts';

/** A remark as compilers write theirs, so that editors and terminals lead to its place: `nightshift.yaml:12:5: clusters[0].stage: message`. */
export function remarkLine(file: string, { line, column, path, message }: ConfigurationRemark): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}
