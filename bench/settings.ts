/** What a run of the benchmarks is told on the command line. */
export interface Settings {
  readonly model: string | undefined;
  /** The model as a float32 folder that the Python libraries read; made from `model` when it is asked for. */
  readonly folder: () => string;
  readonly python: string;
  readonly threads: number;
  readonly rounds: number;
}

export function modelOf({ model }: Settings): { readonly ref: string } {
  if (model === undefined) throw new Error('Name the model: --model REF (a .gguf file or a folder).');
  return { ref: model };
}
