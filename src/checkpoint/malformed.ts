/** Faults in a model's files: the user can mend them, so they are UserErrors that name the file and the reason. */
import { UserError } from '../errors.ts';

/** `reason` names the tensor or field and what is wrong with it. */
export function malformed(file: string, reason: string, remedy?: string, cause?: unknown): UserError {
  return new UserError(reason, {
    place: { file },
    ...(remedy === undefined ? {} : { remedy }),
    ...(cause === undefined ? {} : { cause }),
  });
}

export const COPY_AGAIN = 'The file is damaged or was not copied to its end: fetch it again.';
