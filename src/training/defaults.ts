/** What `carryover train` and a study's `training` section both take when nothing is said: one recipe, not two. */
export const TRAINING_DEFAULTS = {
  schedule: 'cosine',
  /** Share of the steps over which the rate rises. */
  warmup: 0.1,
  /** None: a short fine-tuning stays near its start anyway, and decay would pull every weight, norms too, to 0. */
  weightDecay: 0,
  /** Largest gradient norm. */
  clip: 1,
  /** Tokens of a packed row at most. */
  rowLength: 512,
  /** What becomes of longer examples. */
  overlong: 'drop',
  /** Every answer, and nothing else. */
  trainOn: 'assistant',
} as const;

/** Packed rows of an optimizer step where only data are named; a study states its number of steps. */
export const ROWS_PER_STEP = 8;
