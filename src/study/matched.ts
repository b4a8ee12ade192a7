/** What was held equal between the arms of a run, from what the training steps really saw. */
import { count } from '../text/counts.ts';
import type { Arm } from './arms.ts';
import type { ArmFacts, MatchedFacts } from './run-facts.ts';
import type { Study } from './study.ts';

export function matchedFacts(study: Study, arms: readonly Arm[], facts: readonly ArmFacts[]): MatchedFacts {
  const budget = study.budget?.supervised_tokens ?? 0;
  const steps = study.training?.steps ?? 0;
  const trained = facts.filter(({ stages }) => stages.length > 0);
  const matched = trained.filter((arm) => arm.matched);
  const exceptions = arms
    .filter((arm) => arm.stages.length > 0 && !arm.matched)
    .map((arm) => ({ arm: arm.name, why: whyNot(study, arm) }));
  const seen = (study.match === 'none' ? trained : matched).flatMap(({ runs }) =>
    runs.map((run) => run.supervisedTokens),
  );
  const least = Math.min(...seen);
  const most = Math.max(...seen);
  const spread = seen.length > 1 && budget > 0 ? (most - least) / budget : 0;
  return { by: study.match, sentence: sentence(), budget, spread, exceptions };

  /** Prompts are read, not learned, and differ in length from source to source. */
  function unequal(): string {
    const all = matched.flatMap(({ runs }) => runs.map((run) => run.tokens));
    const [fewest, largest] = [Math.min(...all), Math.max(...all)];
    return largest - fewest <= 0.01 * largest
      ? ''
      : ` Not equal: all tokens that went through the model, prompts among them (${count(fewest)} to ${count(largest)}).`;
  }

  function sentence(): string {
    if (trained.length === 0) return 'No arm was trained.';
    if (seen.length === 0) return 'Nothing was matched: every trained arm is an exception.';
    const inSteps = `in ${count(steps)} optimizer steps`;
    if (study.match === 'none') {
      const range = least === most ? count(least) : `between ${count(least)} and ${count(most)}`;
      return `Nothing was matched by demand; the trained arms saw ${range} supervised tokens ${inSteps}.`;
    }
    const difference = spread === 0 ? 'exactly ' : '';
    const rest = spread === 0 ? '' : ` (largest difference ${(100 * spread).toFixed(2)} % of the budget)`;
    const who = exceptions.length > 0 ? 'Every matched arm' : 'Every trained arm';
    return `${who} saw ${difference}${count(most)} supervised tokens${rest} ${inSteps} on one learning-rate schedule.${unequal()}`;
  }
}

function whyNot(study: Study, arm: Arm): string {
  if (arm.from) return `starts from ${nameOf(arm.from)}: how much that model was trained before is unknown`;
  if (study.match === 'none') return 'the study asks for no matching';
  return 'the study declares it not matched';
}

/** The last part of a reference: a report holds no folders of the machine. */
export function nameOf(ref: string): string {
  return ref.split(/[\\/]/).filter(Boolean).at(-1) ?? ref;
}
