/** What an instruction of IFEval is: how its arguments are read, the original's verdict, and a careful reader's. */
export type Args = Readonly<Record<string, unknown>>;

/** A careful reader's verdict, with one short clause that a person can check. */
export interface Finding {
  readonly followed: boolean;
  readonly why: string;
}

/** An instruction with its arguments. Both checks take any text, never throw, and need time in step with its length. */
export interface BoundInstruction {
  /** As IFEval's own code decides, flaws included. The text is not blank. */
  readonly original: (text: string) => boolean;
  readonly corrected: (text: string) => Finding;
}

export interface Instruction {
  /** The arguments for people, such as `num_words, relation`; empty when it takes none. */
  readonly args: string;
  /** Null when the arguments are not those of the instruction. */
  readonly bind: (args: Args) => BoundInstruction | null;
}

/** An instruction without arguments. */
export function plain(bound: BoundInstruction): Instruction {
  return { args: '', bind: () => bound };
}

/** An instruction whose arguments `read` takes from the dataset's record, or null. */
export function withArgs<A>(
  args: string,
  read: (args: Args) => A | null,
  bind: (args: A) => BoundInstruction,
): Instruction {
  return {
    args,
    bind: (given) => {
      const known = read(given);
      return known === null ? null : bind(known);
    },
  };
}
