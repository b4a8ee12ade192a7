/** The shape of a mixture: what one value can say about itself. `check-mixture.ts` checks what needs two places. */
import { z } from 'zod';
import type { Mixture } from './mixture.ts';

const weights = z.record(z.string(), z.number().min(0));
const shares = z.record(z.string(), z.number().min(0).max(1));
const temperature = z.number().positive();

/** The keys of a mixture, for the schemas of the files that hold one. */
export const mixtureShape: { readonly [Key in keyof Mixture]-?: z.ZodType<Mixture[Key]> } = {
  weights: weights.optional(),
  temperature: temperature.optional(),
  schedule: z
    .array(
      z.strictObject({
        at: z.number().min(0).max(1),
        weights: weights.optional(),
        temperature: temperature.optional(),
      }),
    )
    .min(1)
    .optional(),
  at_least: shares.optional(),
  at_most: shares.optional(),
  epochs: z.record(z.string(), z.int().min(1)).optional(),
};
