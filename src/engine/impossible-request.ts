import { UserError } from '../errors.ts';

/** A request that this model can never answer, whatever else is asked: the fault lies in the request alone. */
export class ImpossibleRequest extends UserError {}
