/** Reads study.yaml: every problem at once, each with the line it is about. */
import type { UserError } from '../errors.ts';
import { studyPath } from '../platform/package-folder.ts';
import { checkStudy } from './check-study.ts';
import type { Diagnostic } from './diagnostics.ts';
import { describeIssue } from './issue-text.ts';
import { placeOfBenchmark, withNamedBenchmarks } from './named-benchmarks.ts';
import { knownKeys, parseStudy } from './schema.ts';
import type { Study } from './study.ts';
import { withStudyHints } from './study-hints.ts';
import { parseYaml } from './yaml-file.ts';
import { refuseOtherKind } from './yaml-kinds.ts';

/** A study that has been read and found right, and the way back into its text for what is found wrong later. */
export interface StudyFile {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  /** Its benchmarks by their own names, where the file names a group of them or uses another name. */
  readonly study: Study;
  /** A UserError that points at a place of the file, such as `['sources', 'math']`. */
  problem(path: readonly PropertyKey[], what: string, hint?: string): UserError;
  /** The same for several places at once. */
  problems(found: readonly Diagnostic[]): UserError;
  /** Where the file names a benchmark, itself or with its group. */
  placeOfBenchmark(name: string): readonly PropertyKey[];
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
export function parseStudyText(file: string, text: string): StudyFile {
  const { value, problem, problems } = parseYaml<Study>(file, text, STUDY, (raw, valueAt) => {
    refuseOtherKind(raw, file, 'study');
    const { study, issues } = parseStudy(raw);
    const diagnostics = [
      ...withStudyHints(
        issues.flatMap((issue) => describeIssue(issue, { valueAt, knownKeys })),
        raw,
      ),
      ...checkStudy(raw as Partial<Record<keyof Study, unknown>>),
    ];
    return { value: study, diagnostics };
  });
  const { evaluation } = value;
  return {
    file,
    text,
    study: { ...value, evaluation: withNamedBenchmarks(evaluation) },
    problem,
    problems,
    placeOfBenchmark: (name) => placeOfBenchmark(evaluation.benchmarks, name),
  };
}
