/** What is thrown at the end of a run in which steps failed; the command prints it and ends with exit code 1. */
import { UserError } from '../errors.ts';

interface Failure {
  readonly label: string;
  readonly error: unknown;
}

export class RunFailed extends Error {
  /** `skipped`: steps that were not done because they need one that failed. */
  constructor(failures: readonly Failure[], skipped: number, resume: string) {
    const one = failures.length === 1;
    const behind = skipped === 0 ? '' : `; ${skipped} that need ${one ? 'it' : 'them'} skipped`;
    super(
      [
        `${failures.length} ${one ? 'step' : 'steps'} failed${behind}:`,
        ...failures.map(({ label, error }) => `- ${label}: ${described(error)}`),
        `What was done is kept; once this is mended, go on with: ${resume}`,
      ].join('\n'),
      { cause: failures[0]?.error },
    );
    this.name = 'RunFailed';
  }
}

/** Of a defect the place in the code is wanted as well. */
function described(error: unknown): string {
  if (error instanceof UserError) return error.toString();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
