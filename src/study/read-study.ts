/** Reads study.yaml: every problem at once, each with the line it is about. */
import { UserError } from '../errors.ts';
import { studyPath } from '../platform/package-folder.ts';
import { checkStudy } from './check-study.ts';
import { describeIssue } from './issue-text.ts';
import { knownKeys, parseStudy } from './schema.ts';
import type { Study } from './study.ts';
import { parseYaml } from './yaml-file.ts';

/** What the product knows beyond the file: names a study may use. */
export interface KnownNames {
  readonly benchmarks: readonly string[];
}

/** A study that has been read and found right, and the way back into its text for what is found wrong later. */
export interface StudyFile {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  readonly study: Study;
  /** A UserError that points at a place of the file, such as `['sources', 'math']`. */
  problem(path: readonly PropertyKey[], what: string, hint?: string): UserError;
}

const STUDY = {
  noun: 'study',
  needs: 'name, arms and evaluation',
  example: studyPath('smollm2.yaml'),
} as const;

/**
 * Parses and checks the text of a study. `file` is the name shown in messages.
 * @throws UserError with every problem, in the order of the file.
 */
export function parseStudyText(file: string, text: string, known: KnownNames): StudyFile {
  const { value, problem } = parseYaml<Study>(file, text, STUDY, (raw, valueAt) => {
    if ('corpus' in raw && !('arms' in raw))
      throw new UserError('this is a pretraining, not a study', {
        place: { file },
        remedy: `Use: carryover pretrain ${file}`,
      });
    const { study, issues } = parseStudy(raw);
    const diagnostics = [
      ...issues.flatMap((issue) => describeIssue(issue, { valueAt, knownKeys })),
      ...checkStudy(raw as Partial<Record<keyof Study, unknown>>, known.benchmarks),
    ];
    return { value: study, diagnostics };
  });
  return { file, text, study: value, problem };
}
