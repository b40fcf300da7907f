const FIELDS = [
  { name: 'minute', min: 0, max: 59, words: [] as string[] },
  { name: 'hour', min: 0, max: 23, words: [] as string[] },
  { name: 'day of month', min: 1, max: 31, words: [] as string[] },
  { name: 'month', min: 1, max: 12, words: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of week', min: 0, max: 6, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;

const MACROS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \d.*)$/;

/** Why a CronJob's `spec.schedule` would be refused (the standard five fields and the @-words), or `undefined`. */
export function cronProblem(schedule: string): string | undefined {
  if (MACROS.test(schedule)) return undefined;
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
  for (const [index, field] of FIELDS.entries()) {
    for (const range of (parts[index] ?? '').split(',')) {
      const problem = rangeProblem(range, field);
      if (problem) return problem;
    }
  }
  return undefined;
}

function rangeProblem(text: string, field: (typeof FIELDS)[number]): string | undefined {
  const match = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(text);
  if (!match) return `failed to parse ${field.name} from ${text}`;
  if (match[3] === '0') return `step of range should be a positive number: ${text}`;
  const [start, end] = [numberOf(match[1], field), numberOf(match[2], field)];
  if (Number.isNaN(start) || Number.isNaN(end)) return `failed to parse int from ${text}`;
  if (start !== undefined && start < field.min) return `beginning of range (${start}) below minimum (${field.min}): ${text}`;
  if ((end ?? start ?? 0) > field.max) return `end of range (${end ?? start}) above maximum (${field.max}): ${text}`;
  if (start !== undefined && end !== undefined && start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return undefined;
}

function numberOf(text: string | undefined, field: (typeof FIELDS)[number]): number | undefined {
  if (text === undefined) return undefined;
  const words: readonly string[] = field.words;
  const word = text === '' ? -1 : words.indexOf(text.toLowerCase());
  return word >= 0 ? word : Number(text);
}
