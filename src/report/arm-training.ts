import type { Domain } from '../domains/domains.ts';
import type { RunFacts, SourceFacts } from '../study/run-facts.ts';
import type { ReportArm } from './report.ts';
import type { ArmTraining, DomainRole, Trained, TrainedSource } from './report-training.ts';

/** What every arm but the untouched model was trained on, and in which of the evaluated domains. */
export function armTraining(
  facts: RunFacts,
  arms: readonly ReportArm[],
  domains: readonly Domain[],
): ArmTraining[] {
  return arms
    .filter((arm) => !arm.isBase)
    .map((arm) => {
      const sources = sourcesOf(facts, arm);
      return {
        arm: arm.name,
        from: arm.from,
        sources,
        rendering: facts.arms.find(({ name }) => name === arm.name)?.runs[0]?.rendering ?? null,
        domains: domains.map((domain) => ({ domain, trained: trainedIn(domain, sources, arm.from) })),
      };
    });
}

function sourcesOf(facts: RunFacts, arm: ReportArm): TrainedSource[] {
  const runs = facts.arms.find(({ name }) => name === arm.name)?.runs ?? [];
  const names = new Set([
    ...arm.stages.flatMap(({ mix }) => Object.keys(mix)),
    ...runs.flatMap(({ bySource }) => Object.keys(bySource)),
  ]);
  const unknown: SourceFacts = { title: 'not known', domains: null, tasks: [] };
  return [...names].map((name) => {
    const known = facts.sources && Object.hasOwn(facts.sources, name) ? facts.sources[name] : undefined;
    const examples = runs.map((run) => run.examplesBySource?.[name]);
    return {
      name,
      ...(known ?? unknown),
      supervisedTokens: runs.map((run) => run.bySource[name] ?? 0),
      examples: examples.every((one) => one !== undefined) ? examples : null,
    };
  });
}

/** One source with tasks of the domain says yes; only where all of them are known can the answer be no. */
function trainedIn(domain: Domain, sources: readonly TrainedSource[], from: string | null): Trained {
  if (sources.some((source) => source.domains?.includes(domain))) return 'yes';
  return from !== null || sources.some((source) => source.domains === null) ? 'unknown' : 'no';
}

/** @throws Error for an arm or domain that was not looked at. */
export function trainedOf(training: readonly ArmTraining[], arm: string, domain: Domain): Trained {
  const found = training.find((one) => one.arm === arm)?.domains.find((one) => one.domain === domain);
  if (!found) throw new Error(`nothing is known of ${arm} in ${domain}`);
  return found.trained;
}

/**
 * What a domain says about an arm. Where the training is not known, mathematics counts as trained, since it is what the
 * studies teach, and another domain as not trained, with a mark.
 */
export function roleOf(domain: Domain, trained: Trained): DomainRole {
  if (domain === 'guards') return 'guards';
  if (trained === 'unknown') return domain === 'mathematical' ? 'source' : 'transfer';
  return trained === 'yes' ? 'source' : 'transfer';
}
