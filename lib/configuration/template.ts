import * as z from 'zod';
import { flowYaml } from './flow-yaml.ts';
import { configurationSchema } from './schema.ts';
import { bare } from './walk-schema.ts';

/** What a new file says; everything else in it is a comment. */
export interface TemplateAnswers {
  /** Path or URL of the JSON schema, as seen from the file. */
  readonly schema: string;
  readonly name: string;
  readonly stage: string;
  readonly account?: string;
  readonly region?: string;
  /** At least one. */
  readonly clusters: readonly string[];
  readonly uptime: string;
  readonly timezone?: string;
  readonly email: readonly string[];
  readonly slackWebhookParameter?: string;
}

type Said = Readonly<Record<string, unknown>>;

const LONGEST_LINE = 120;

const HEADER = `#
# What Nightshift deploys, and when it lets dev workloads sleep. After a change: nightshift config check
# A line that begins with # and a word shows what holds without it, or, where it ends in "for example", how such a word is written.
# Take out its # to say something else. docs/configuration.md explains all words in one place.`;

/**
 * A new `nightshift.yaml`: the answers, and every other word of the schema as a comment, so that the file cannot miss one.
 * @example
 * configurationText({ schema: './schema/nightshift.schema.json', name: 'nightshift', stage: 'dev', clusters: ['dev'], uptime: 'always', email: [] });
 */
export function configurationText(answers: TemplateAnswers): string {
  const sections = linesOf(configurationSchema, saidOf(answers), '');
  return `# yaml-language-server: $schema=${answers.schema}\n${HEADER}\n\n${sections.join('\n').trimEnd()}\n`;
}

function saidOf({ name, stage, account, region, clusters, uptime, timezone, email, slackWebhookParameter }: TemplateAnswers): Said {
  const place = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  return {
    version: 1,
    name,
    // A section needs one word at least, or YAML takes it for nothing.
    stages: { [stage]: { ...place, logLevel: 'info' } },
    clusters: clusters.map((cluster) => ({ name: cluster, stage })),
    sleep: { uptime, ...(timezone !== undefined && { defaultTimezone: timezone }) },
    routes: { email, ...(slackWebhookParameter !== undefined && { slack: { webhookParameter: slackWebhookParameter } }) },
  };
}

/** The words of a section, each below what it means. */
function linesOf(schema: z.core.$ZodType, said: Said, indent: string): string[] {
  const inside = bare(schema);
  if (!(inside instanceof z.ZodObject)) return [];
  return Object.entries(inside.shape).flatMap(([word, child]) => {
    const below = child as z.ZodType;
    const lines = [...comment(meaningOf(below), indent), ...lineOf(word, below, said[word], indent)];
    return indent === '' ? [...lines, ''] : lines;
  });
}

/** What a word means, and the words or numbers that it may be. */
function meaningOf(schema: z.ZodType): string {
  const inside = bare(schema);
  const choices = inside instanceof z.ZodEnum ? inside.options : inside instanceof z.ZodLiteral ? [...inside.values] : [];
  return `${schema.description ?? ''}${choices.length > 1 ? ` (${choices.join(', ')})` : ''}`;
}

function lineOf(word: string, schema: z.ZodType, said: unknown, indent: string): string[] {
  const inside = bare(schema);
  if (said === undefined) return [unsaid(word, schema, indent)];
  if (inside instanceof z.ZodRecord) return [`${indent}${word}:`, ...namedSections(inside, said as Said, `${indent}  `)];
  if (inside instanceof z.ZodObject) return [`${indent}${word}:`, ...linesOf(inside, said as Said, `${indent}  `)];
  const isList = inside instanceof z.ZodArray && bare(inside.element) instanceof z.ZodObject;
  if (isList) return [`${indent}${word}:`, ...items(inside.element, said as readonly Said[], `${indent}  `)];
  return [`${indent}${word}: ${flowYaml(said)}`];
}

function namedSections(record: z.ZodRecord, said: Said, indent: string): string[] {
  return Object.entries(said).flatMap(([name, section]) => [
    `${indent}${flowYaml(name)}:`,
    ...linesOf(record.valueType, section as Said, `${indent}  `),
  ]);
}

/** The first item shows all its words, the others only what they say. What stands before the dash is indented as the dash is. */
function items(schema: z.core.$ZodType, said: readonly Said[], indent: string): string[] {
  const [first = {}, ...others] = said;
  const lines = linesOf(schema, first, `${indent}  `);
  const start = lines.findIndex((line) => !line.trimStart().startsWith('#'));
  const before = lines.slice(0, start).map((line) => `${indent}${line.trimStart()}`);
  const dash = `${indent}- ${lines[start]?.trimStart() ?? '{}'}`;
  return [...before, dash, ...lines.slice(start + 1), ...others.map((item) => `${indent}- ${flowYaml(item)}`)];
}

function unsaid(word: string, schema: z.ZodType, indent: string): string {
  const { data } = schema.safeParse(undefined);
  const isEmpty = data === undefined || (typeof data === 'object' && data !== null && Object.keys(data).length === 0);
  const [example] = exampleOf(schema);
  if (isEmpty && example !== undefined) return `${indent}#${word}: ${flowYaml(example)} # for example`;
  return `${indent}#${word}: ${flowYaml(data)}`;
}

/** An optional word has the examples of what it holds. */
function exampleOf(schema: z.core.$ZodType): readonly unknown[] {
  const own = z.globalRegistry.get(schema)?.examples;
  if (Array.isArray(own)) return own;
  const inside = bare(schema);
  return inside === schema ? [] : exampleOf(inside);
}

/** A sentence as comment lines, folded between words. */
function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LONGEST_LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}# ${word}`);
  }
  return lines;
}
