/** What is shown before an item: a task's description and its worked examples. */
export interface BbhShots {
  readonly description: string;
  readonly shots: readonly { readonly input: string; readonly target: string }[];
}
