import { badRequest } from '../status.ts';

export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

const NAME = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * The `labelSelector` grammar: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<1`, joined by commas.
 * As on the server, `!=` and `notin` also match objects without the label.
 * @throws StatusError 400 for anything else.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  const predicates = splitRequirements(text).map((part) => parseRequirement(part, text));
  return (labels) => predicates.every((predicate) => predicate(labels));
}

/** Commas inside parentheses belong to a value list. */
function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')') depth--;
    else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.length === 1 && parts[0]?.trim() === '' ? [] : parts.map((part) => part.trim());
}

function parseRequirement(part: string, whole: string): LabelPredicate {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) return setRequirement(key(set[1], whole), set[2] === 'in', (set[3] ?? '').split(','), whole);
  const negated = /^!\s*([^=!<>()\s]+)$/.exec(part);
  if (negated) {
    const name = key(negated[1], whole);
    return (labels) => !Object.hasOwn(labels, name);
  }
  const comparison = /^([^=!<>()\s]+)\s*(==|!=|=|>|<)\s*([^=!<>()\s]*)$/.exec(part);
  if (comparison) return comparisonRequirement(key(comparison[1], whole), comparison[2] ?? '=', comparison[3] ?? '', whole);
  if (/^[^=!<>()\s]+$/.test(part)) {
    const name = key(part, whole);
    return (labels) => Object.hasOwn(labels, name);
  }
  throw unparsable(whole, `found '${part}', expected a requirement`);
}

function setRequirement(name: string, wanted: boolean, raw: readonly string[], whole: string): LabelPredicate {
  const values = new Set(raw.map((value) => checkedValue(value.trim(), whole)));
  return (labels) => (Object.hasOwn(labels, name) ? values.has(labels[name] ?? '') === wanted : !wanted);
}

function comparisonRequirement(name: string, operator: string, text: string, whole: string): LabelPredicate {
  if (operator === '<' || operator === '>') {
    if (!/^-?\d+$/.test(text)) throw unparsable(whole, `for 'Gt', 'Lt' operators, the value must be an integer`);
    const bound = Number(text);
    return (labels) =>
      /^-?\d+$/.test(labels[name] ?? '') && (operator === '>' ? Number(labels[name]) > bound : Number(labels[name]) < bound);
  }
  const value = checkedValue(text, whole);
  if (operator === '!=') return (labels) => !Object.hasOwn(labels, name) || labels[name] !== value;
  return (labels) => Object.hasOwn(labels, name) && labels[name] === value;
}

function key(text: string | undefined, whole: string): string {
  if (text === undefined || !NAME.test(text))
    throw unparsable(whole, `key: Invalid value: "${text ?? ''}": name part must consist of alphanumeric characters, '-', '_' or '.'`);
  return text;
}

function checkedValue(text: string, whole: string): string {
  if (!VALUE.test(text))
    throw unparsable(
      whole,
      `values[0][]: Invalid value: "${text}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'`,
    );
  return text;
}

function unparsable(whole: string, why: string): Error {
  return badRequest(`unable to parse requirement: ${why} (in ${JSON.stringify(whole)})`);
}
