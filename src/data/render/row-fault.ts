/** Why a row cannot be trained on as it is: it is dropped and counted, and too many of them stop the data step. */
import { UserError } from '../../errors.ts';

/** Each reason as a person reads it, said of the row. */
export const FAULT_WORDS = {
  'template-refuses': 'the chat template refuses the conversation',
  'prompt-differs': 'the prompt for an answer is no beginning of the training text',
  'answer-changed': 'the template leaves out or changes the text of an answer',
  'no-stop': 'the template writes nothing after an answer, so a model would never learn to stop',
  'stop-cut': 'the token that ends an answer holds other text too, so a model would never learn to stop',
  'control-token': 'a text holds a control token, which would end or begin a turn inside it',
  'open-thought': 'an answer begins with <think> and has no </think>, so a model would never learn to answer',
  misspelt: 'the supervised tokens do not spell what is to be learned',
} as const;

export type FaultReason = keyof typeof FAULT_WORDS;
export const FAULT_REASONS = Object.keys(FAULT_WORDS) as readonly FaultReason[];

/** Without a place: the caller knows the row. */
export class RowFault extends UserError {
  readonly reason: FaultReason;

  /** `what`: the reason in this row's own words. */
  constructor(reason: FaultReason, what: string, remedy: string, cause?: unknown) {
    super(what, { remedy, cause });
    this.reason = reason;
  }
}
