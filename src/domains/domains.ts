/** The six reasoning domains, and the guards that watch for forgetting. The source domain comes first. */
export const DOMAINS = [
  'mathematical',
  'logical',
  'scientific',
  'commonsense',
  'symbolic',
  'code',
  'guards',
] as const;
export type Domain = (typeof DOMAINS)[number];

/** The domains that a transfer claim is about: every reasoning domain but the one that was trained. */
export const TRANSFER_DOMAINS: readonly Domain[] = [
  'logical',
  'scientific',
  'commonsense',
  'symbolic',
  'code',
];
