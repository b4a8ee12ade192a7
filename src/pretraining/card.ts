/** The card of a pretrained model: what it is, what it was trained on, how it learned, and what it can do. */
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { percent, percentRange } from '../report/number-text.ts';
import { chanceCorrected } from '../stats/chance.ts';
import { mean } from '../stats/moments.ts';
import { count } from '../text/counts.ts';
import { corpusTable } from './corpus-table.ts';
import type { PretrainingNotes } from './pretrain.ts';
import { type Pretraining, stepsOf } from './pretraining.ts';
import type { TaskScore } from './score-model.ts';

export interface CardFacts {
  readonly pretraining: Pretraining;
  readonly notes: Pick<PretrainingNotes, 'parameters' | 'tokens' | 'losses'>;
  readonly scores: readonly TaskScore[];
  /** The command that makes the model again. */
  readonly command: string;
}

/** Markdown, equal for equal facts. */
export function modelCard({ pretraining, notes, scores, command }: CardFacts): string {
  const { name, model, tokenizer, corpus, batches, rounds, optimizer, seed } = pretraining;
  const steps = stepsOf(rounds);
  return `---
license: apache-2.0
language: en
pipeline_tag: text-generation
library_name: transformers
---

# ${name}

A base model of ${count(notes.parameters)} parameters for studies that take minutes: small enough to be trained on a
laptop, able enough to have something to lose. It knows procedural reasoning problems and a made-up world, and nothing
else. It was made from nothing by

\`\`\`sh
${command}
\`\`\`

## What it is

- Llama architecture: ${model.layers} layers of width ${model.width}, ${model.heads} heads, feed-forward ${model.feedForward}, context ${model.context}, output head tied to the embedding.
- Tokenizer: ${count(tokenizer.entries)} entries, byte-level pairs learned from the first ${count(tokenizer.documents)} documents; every digit is a token.
- First weights from seed ${seed}; AdamW, betas ${optimizer.betas.join(' and ')}, weight decay ${optimizer.weightDecay}.

## What it was trained on

${count(steps * batches.documents)} documents, ${count(notes.tokens)} tokens in ${count(steps)} steps, every token supervised. Corpus seed ${corpus.seed}. Each
document was drawn by a number of its own and seen once; problems of small tasks and facts may come again in others.

${roundsTable(pretraining)}

${roundsNote(pretraining)}

${corpusTable(pretraining)}

Documents are problems of procedural tasks, of the split \`train\` alone and at a task's trained levels, which come in the
stated ratio; or sentences about the made-up world whose facts the guards ask for.

No problem of the splits test, fresh, perturbed or harder can be among them: splits are made by a hash of the problem.

## How it learned

Mean loss in nats a token, over the steps since the line before:

${lossTable(notes)}

## What it can do

Share of right answers in percent with 95 % intervals (Wilson), without examples, the solution written before the
answer; the choices of ${weighedText(scores)} are weighed instead. \`carryover eval --model MODEL --suite procedural\`
measures it again. The last column is the way from chance to perfect: 0 is guessing, 100 is solved.

${scoreTable(scores)}

### By domain and difficulty

Mean over the tasks of a domain, by trained level (items of the split test). The last column is the split harder of every
task${harderItems(scores)}: one level beyond its own training. A dash: no task was trained on that level.

${levelTable(scores)}

## What it is not for

Anything but studies of training. It cannot hold a conversation, and a score here says nothing about language models
that people use.
`;
}

/** The tasks that are asked for the choice at once. */
function weighedText(scores: readonly TaskScore[]): string {
  const names = scores.filter(({ task }) => task.weighed).map(({ task }) => task.name);
  return names.length === 0 ? 'no task' : names.sort().join(', ');
}

function roundsTable({ rounds, optimizer, batches }: Pretraining): string {
  const rows = rounds.map(({ steps, learningRate, schedule, warmup = optimizer.warmup }, at) => {
    const first = stepsOf(rounds.slice(0, at)) * batches.documents;
    return [
      String(at + 1),
      count(steps),
      `${count(first)} to ${count(first + steps * batches.documents - 1)}`,
      String(learningRate),
      schedule ?? optimizer.schedule,
      count(Math.ceil(steps * warmup)),
    ];
  });
  const head = ['round', 'steps', 'documents', 'highest rate', 'schedule', 'warm-up steps'];
  return markdownTable(head, rows);
}

function roundsNote({ rounds }: Pretraining): string {
  if (rounds.length === 1) return 'Documents are counted from 0.';
  return `Documents are counted from 0. A later round begins at the weights that the one before ended in, with a schedule and
moments of its own, and goes on in the corpus where that one ended.`;
}

/** Lines of the table: enough to see the curve. */
const LINES = 12;

/** Borders in equal ratios of steps, from a hundredth of them to all. */
function lossTable({ losses, tokens }: CardFacts['notes']): string {
  const total = losses.length;
  const ends = Array.from({ length: LINES }, (_, line) =>
    Math.max(1, Math.round(total * 100 ** (line / (LINES - 1) - 1))),
  );
  const borders = [...new Set(ends)];
  const rows = borders.map((end, line) => {
    const part = losses.slice(line === 0 ? 0 : borders[line - 1], end);
    return [count(end), count(Math.round((tokens * end) / total)), mean(part).toFixed(3)];
  });
  return markdownTable(['up to step', 'tokens, about', 'loss'], rows);
}

function scoreTable(scores: readonly TaskScore[]): string {
  const rows = inOrder(scores).map(({ task, test }) => [
    task.name,
    task.domain,
    String(test.n),
    percent(task.chance),
    percent(test.value),
    percentRange(test),
    way(test.value, task.chance).toFixed(0).replace('-', '−'),
  ]);
  return markdownTable(['task', 'domain', 'items', 'chance', 'score', 'interval', 'way'], rows);
}

function levelTable(scores: readonly TaskScore[]): string {
  const levels = [...new Set(scores.flatMap((score) => score.levels.map(({ level }) => level)))].sort(
    (a, b) => a - b,
  );
  const rows = DOMAINS.filter((domain) => scores.some(({ task }) => task.domain === domain)).map((domain) => {
    const own = scores.filter(({ task }) => task.domain === domain);
    const ways = mean(own.map(({ task, test }) => way(test.value, task.chance)));
    const beyond = percent(mean(own.map(({ harder }) => harder.value)));
    return [domain, ways.toFixed(0).replace('-', '−'), ...levels.map((level) => meanAt(own, level)), beyond];
  });
  return markdownTable(
    ['domain', 'way', ...levels.map((level) => `level ${level}`), 'beyond training'],
    rows,
  );
}

/** `, 500 items each`, or the range where tasks differ. */
function harderItems(scores: readonly TaskScore[]): string {
  const counts = scores.map(({ harder }) => harder.n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `, ${least === most ? count(most) : `${count(least)} to ${count(most)}`} items each`;
}

function meanAt(scores: readonly TaskScore[], level: number): string {
  const shares = scores.flatMap((score) => score.levels.filter((one) => one.level === level));
  return shares.length === 0 ? '–' : percent(mean(shares.map(({ share }) => share.value)));
}

/** 0 at chance, 100 for all right; below 0 is worse than guessing. */
function way(value: number, chance: number): number {
  return 100 * chanceCorrected(value, chance);
}

function inOrder(scores: readonly TaskScore[]): TaskScore[] {
  const rank = (domain: Domain): number => DOMAINS.indexOf(domain);
  return [...scores].sort((a, b) => rank(a.task.domain) - rank(b.task.domain));
}
