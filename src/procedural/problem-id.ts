import { hashId } from '../benchmarks/item-id.ts';

/** The id of a problem in samples and exported rows: equal for equal problems, in every split, seed and wording. */
export function problemId(task: string, key: string): string {
  return hashId(task, key);
}
