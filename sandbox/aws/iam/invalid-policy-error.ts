/** A policy document that IAM would refuse, or that says what this evaluator cannot weigh: never passed over, because then it would prove nothing. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';

  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`);
  }
}
