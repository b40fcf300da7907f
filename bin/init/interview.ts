import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { createPrompt, type Prompt } from '../prompt.ts';
import { type Answers, needsZone, QUESTION_NAMES, QUESTIONS, type QuestionName } from './questions.ts';

/**
 * All answers: those that flags give, and for the rest what a person says on the terminal, or with `yes` the defaults.
 * @throws UsageError for flags that are no good, or missing where nobody can be asked; RefusedError when the person gives up
 */
export async function answersOf(given: Answers, yes: boolean, { io }: Pick<CommandContext, 'io'>): Promise<Answers> {
  assertGood(given, yes || !io.stdin.isTTY);
  if (yes) return withFallbacks(given);
  if (!io.stdin.isTTY) return withFallbacks(assertComplete(given));
  const prompt = createPrompt(io);
  try {
    return await interview(given, { prompt, say: (line) => void io.stderr.write(`${line}\n`) });
  } finally {
    prompt.close();
  }
}

/** Every flag that is no good, at once. A zone that is missing can be asked for, where somebody can be asked. */
function assertGood(given: Answers, final: boolean): void {
  const wrong = QUESTION_NAMES.flatMap((name) => {
    const answer = given[name];
    const problem = answer === undefined ? undefined : QUESTIONS[name].problem(answer, given);
    return problem === undefined ? [] : [`${QUESTIONS[name].flag} ${problem}`];
  });
  const { uptime, timezone } = given;
  if (final && uptime !== undefined && timezone === undefined && needsZone(uptime))
    wrong.push(`--uptime ${JSON.stringify(uptime)} has no time zone, and there is no --timezone`);
  if (wrong.length > 0) throw new UsageError(wrong.join('; '), { hint: 'nothing was written; correct these flags' });
}

function assertComplete(given: Answers): Answers {
  const missing = QUESTION_NAMES.filter((name) => QUESTIONS[name].required && given[name] === undefined);
  if (missing.length === 0) return given;
  const defaults = missing.map((name) => `${QUESTIONS[name].flag} ${JSON.stringify(QUESTIONS[name].fallback(given))}`);
  throw new UsageError(
    `nothing was written: ${missing.map((name) => QUESTIONS[name].flag).join(', ')} not given, and there is no terminal to ask on`,
    {
      hint: `give them, or add --yes for ${defaults.join(' ')}`,
    },
  );
}

function withFallbacks(given: Answers): Answers {
  const answers: Partial<Record<QuestionName, string>> = { ...given };
  for (const name of QUESTION_NAMES) {
    const answer = answers[name] ?? QUESTIONS[name].fallback(answers);
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
}

async function interview(given: Answers, conversation: Conversation): Promise<Answers> {
  const answers: Partial<Record<QuestionName, string>> = { ...given };
  conversation.say('A few questions; return takes what is in brackets.');
  for (const name of QUESTION_NAMES) {
    const { text, fallback } = QUESTIONS[name];
    const usual = fallback(answers);
    if (answers[name] !== undefined || usual === undefined) continue;
    answers[name] = text === undefined ? usual : await askUntilGood(name, usual, answers, conversation);
  }
  return answers;
}

interface Conversation {
  readonly prompt: Prompt;
  readonly say: (line: string) => void;
}

async function askUntilGood(name: QuestionName, fallback: string, answers: Answers, { prompt, say }: Conversation): Promise<string> {
  const { text, problem } = QUESTIONS[name];
  for (;;) {
    const answer = (await prompt.ask(`${text}${fallback === '' ? '' : ` [${fallback}]`}: `)).trim() || fallback;
    const wrong = problem(answer, answers);
    if (wrong === undefined) return answer;
    say(`  ${wrong}`);
  }
}
