import { UserError } from '../../../errors.ts';

/** A model that gives NaN or infinity has no answer; saying so beats any number. */
export function notFinite(model: string, request: string): UserError {
  return new UserError(`the model ${model} gives numbers that are not finite for request ${request}`, {
    remedy: 'Its weights are broken or its training has diverged: take an earlier checkpoint.',
  });
}
