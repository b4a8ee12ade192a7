/** The kinds of YAML files that commands take, told apart by the keys that one kind alone has. */
import { UserError } from '../errors.ts';

export type FileKind = 'study' | 'mixture' | 'pretraining' | 'benchmark';

const KINDS: Readonly<
  Record<FileKind, { readonly looks: (has: (key: string) => boolean) => boolean; readonly use: string }>
> = {
  study: { looks: (has) => has('arms') || (has('evaluation') && has('sources')), use: 'run FILE' },
  pretraining: { looks: (has) => has('corpus'), use: 'pretrain FILE' },
  benchmark: {
    looks: (has) => has('prompt') && has('answer') && has('data'),
    use: 'eval --model MODEL --benchmarks FILE',
  },
  // A study has sources as well: without any key that only a study has, they are those of a mixture.
  mixture: {
    looks: (has) => has('sources') && !['name', 'evaluation', 'training', 'model', 'budget'].some(has),
    use: 'data mix FILE (which shows what comes of it) or carryover train --model MODEL --data FILE --out DIR',
  },
};

/** Throws UserError when a file's content is plainly of another kind than `wanted`; says what it is and who takes it. */
export function refuseOtherKind(raw: object, file: string, wanted: FileKind): void {
  const has = (key: string): boolean => Object.hasOwn(raw, key);
  if (KINDS[wanted].looks(has)) return;
  const kinds = Object.entries(KINDS) as [FileKind, (typeof KINDS)[FileKind]][];
  const found = kinds.find(([, { looks }]) => looks(has));
  if (found === undefined) return;
  const [kind, { use }] = found;
  throw new UserError(`this is a ${kind}, not a ${wanted}`, {
    place: { file },
    remedy: `Use: carryover ${use.replaceAll('FILE', file)}`,
  });
}
