/** A login has ended, and only a person can make another. Holds nothing of the login. */
export class LoginNeededError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'LoginNeededError';
    this.hint = hint;
  }
}
