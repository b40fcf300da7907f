import type { Problem } from '../../platform/schema-problems.ts';
import { namesIn, parseTemplate } from './template.ts';

const NAMED = String.raw`\.[^.]*(\[\])?`;
const PROBE_PLACES = [
  String.raw`http\.(url|body|connectTo|json.*|auth\.basic\.\w+|auth\.bearer|graphql\.variables.*)`,
  String.raw`http\.(headers|query|form)${NAMED}`,
  String.raw`http\.multipart\[\]\.(value|filename)`,
  String.raw`tcp\.(host|port|send|receive\.until)`,
  String.raw`(http\.|grpc\.)?tls\.(host|port|ca|cert|key|serverName|pin)`,
  String.raw`dns\.(name|server)`,
  String.raw`grpc\.(host|port|service|metadata${NAMED})`,
];
const OPERATORS = '(equals|notEquals|contains|notContains|startsWith|endsWith|matches|in)';
const ASSERTED = String.raw`assert\[\]\.((.*\.)?${OPERATORS}.*|sha256|body|url|received|records(\[\])?|code|serving|message|protocol|certificate\.\w+)`;

const PLACES: RegExp = new RegExp(
  String.raw`^(checks\[\]\.(${PROBE_PLACES.join('|')}|${ASSERTED})|identity\.(${PROBE_PLACES.join('|')}|${ASSERTED})|defaults\.(headers${NAMED}|tls\.\w+))$`,
  's',
);

/** A `{{name}}` in a suite as it is written. */
export interface NameUse {
  readonly path: readonly PropertyKey[];
  readonly name: string;
}

/** Every use of a name in a suite, and what is wrong with how names are written. */
export function templatePlaces(suite: unknown): { readonly uses: readonly NameUse[]; readonly problems: readonly Problem[] } {
  const uses: NameUse[] = [];
  const problems: Problem[] = [];
  const refuse = (path: readonly PropertyKey[], message: string): void => void problems.push({ path, message });
  const text = (value: string, path: readonly PropertyKey[]): void => {
    if (!value.includes('{{')) return;
    const names = namesIn(value);
    if (!mayHold(path)) {
      if (names.length > 0) refuse(path, `no {{${names[0]}}} may stand here: what it stands for would change what is asked`);
    } else if (parseTemplate(value) === undefined) refuse(path, 'has {{ without a name and }} behind it; two braces are written {{{{');
    else for (const name of names) uses.push({ path, name });
  };
  const visit = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value === 'string') text(value, path);
    if (typeof value !== 'object' || value === null) return;
    for (const [word, below] of Object.entries(value)) {
      const own = [...path, Array.isArray(value) ? Number(word) : word];
      if (namesIn(word).length > 0) refuse(own, 'no {{name}} may stand in a name; it is taken for values alone');
      visit(below, own);
    }
  };
  visit(suite, []);
  return { uses, problems };
}

function mayHold(path: readonly PropertyKey[]): boolean {
  return PLACES.test(
    path.reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[]` : text === '' ? String(step) : `${text}.${String(step)}`),
      '',
    ),
  );
}
