import type { Problem } from '../../../platform/schema-problems.ts';

const REFERENCE = /\$\{(?:AWS_SECRET:([^}]+)|([a-zA-Z][a-zA-Z0-9_]*))\}/g;

/** What is found on the way through a configuration. */
export interface Findings {
  refuse(path: readonly PropertyKey[], message: string): void;
  warn(path: readonly PropertyKey[], message: string): void;
}

export function collectFindings(): Findings & { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  return {
    problems,
    warnings,
    refuse: (path, message) => void problems.push({ path, message }),
    warn: (path, message) => void warnings.push({ path, message }),
  };
}

/** Turns `${name}` and `${AWS_SECRET:name:key}` into names of a suite, and keeps the variables that those need. */
export class Substitution {
  readonly variables: Record<string, unknown> = {};
  readonly #constants: Readonly<Record<string, string>>;
  readonly #secrets = new Map<string, string>();

  constructor(variables: Readonly<Record<string, string>>, findings: Findings) {
    this.#constants = variables;
    for (const [name, text] of Object.entries(variables)) this.variables[name] = this.#variable(name, text, findings);
  }

  /** The text as a template of a suite. */
  text(text: string): string {
    let template = '';
    let end = 0;
    for (const match of text.matchAll(REFERENCE)) {
      template += escapeBraces(text.slice(end, match.index));
      template += `{{${match[1] === undefined ? match[2] : this.#secretName(match[1])}}}`;
      end = match.index + match[0].length;
    }
    return template + escapeBraces(text.slice(end));
  }

  /** A number, or the constant that a `${name}` stands for. */
  number(value: number | string): number {
    if (typeof value === 'number') return value;
    return Number(this.#constants[value.slice(2, -1)]);
  }

  #variable(name: string, text: string, findings: Findings): unknown {
    const references = [...text.matchAll(REFERENCE)];
    const [first] = references;
    if (!first) return text;
    if (first[1] !== undefined && first[0] === text) return { from: fromSecret(first[1]) };
    findings.refuse(
      ['variables', name],
      'has a reference with text around it, or to another variable; write it where the variable is used',
    );
    return text;
  }

  #secretName(reference: string): string {
    const from = fromSecret(reference);
    const before = this.#secrets.get(from);
    if (before !== undefined) return before;
    let number = this.#secrets.size + 1;
    while (Object.hasOwn(this.variables, `secret${number}`)) number++;
    const name = `secret${number}`;
    this.#secrets.set(from, name);
    this.variables[name] = { from };
    return name;
  }
}

/** `name:key`, `name`, or an ARN, which has colons of its own. */
function fromSecret(reference: string): string {
  const arn = /^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(?::(.+))?$/.exec(reference);
  const at = reference.indexOf(':');
  const [id, key] = arn ? [arn[1], arn[2]] : at < 0 ? [reference] : [reference.slice(0, at), reference.slice(at + 1)];
  return `secretsManager ${id}${key === undefined ? '' : `#${key}`}`;
}

function escapeBraces(text: string): string {
  return text.replaceAll('{{', '{{{{');
}
