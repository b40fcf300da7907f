import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import type { Configuration } from '../../../lib/configuration/schema.ts';

/** The problems of a text as the CLI prints them; none when it is good. */
export function problemsIn(text: string): string[] {
  const result = readConfiguration(text);
  return result.ok ? [] : result.problems.map(({ line, column, path, message }) => `${line}:${column}: ${path}: ${message}`);
}

/** @throws Error with the problems when there are any */
export function configurationOf(text: string): Configuration {
  const result = readConfiguration(text);
  if (!result.ok) throw new Error(problemsIn(text).join('\n'));
  return result.configuration;
}

/** A good file, in four lines; tests add theirs below or replace one. */
export const GOOD = `version: 1
stages: { dev: {} }
clusters: [{ name: dev, stage: dev }]
sleep: { uptime: "Mon-Fri 07:00-19:00 Europe/Berlin" }
`;
