/** Counts the tokens that evaluating one model takes, with the model's own tokenizer. */
import { resolveBenchmarks } from '../benchmarks/own/resolve.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { FEWEST_SHARING } from '../engine/onnx/infer/generate.ts';
import { chunkLimits } from '../evaluation/chunks.ts';
import { itemLimit } from '../evaluation/item-limit.ts';
import { loadItems } from '../evaluation/load-items.ts';
import { type Render, type Request, requestFor } from '../evaluation/request.ts';
import type { EvaluationFigures } from './print-plan.ts';
import type { EvaluationSection } from './study.ts';

/** Items counted per benchmark; the rest is taken to be like them. */
const SAMPLE = 24;
/** Tokens that a small model's worked answer takes on average where the limit is larger (gsm8k, bbh). */
const ANSWER = 150;

export async function evaluationFigures(
  evaluation: EvaluationSection,
  { tokenizer, chatTemplate, parameters }: Pick<Checkpoint, 'tokenizer' | 'chatTemplate' | 'parameters'>,
  baseFolder?: string,
): Promise<EvaluationFigures> {
  const tokens = (text: string): number => tokenizer.encode(text).length;
  const render: Render =
    evaluation.chat_template && chatTemplate
      ? { renderChat: (messages, options) => chatTemplate.render(messages, options) }
      : null;
  const chunk = chunkLimits(parameters, 'generate').items;
  let items = 0;
  let promptTokens = 0;
  let answerTokens = 0;
  for (const benchmark of await resolveBenchmarks(evaluation.benchmarks, baseFolder)) {
    const all = await loadItems(benchmark, itemLimit(evaluation, benchmark));
    const sample = all.slice(0, SAMPLE).map((item) => requestFor(item, render));
    const scale = all.length / Math.max(1, sample.length);
    const shared = sharedTokens(sample, tokens);
    const costs = sample.map((request) => cost(request, tokens));
    items += all.length;
    // What all prompts begin with (worked examples) is computed once in each chunk instead of once an item.
    const once = shared * Math.ceil(all.length / chunk) - shared * all.length;
    promptTokens += scale * costs.reduce((sum, one) => sum + one.prompt, 0) + once;
    answerTokens += scale * costs.reduce((sum, one) => sum + one.answer, 0);
  }
  return { items, promptTokens: Math.round(promptTokens), answerTokens: Math.round(answerTokens) };
}

/** Tokens that all prompts of generated answers have in common at their beginning; 0 when too few share them. */
function sharedTokens(requests: readonly Request[], tokens: (text: string) => number): number {
  const prompts = requests.flatMap((one) => (one.kind === 'generate' ? [one.request.prompt] : []));
  const [first] = prompts;
  if (first === undefined || prompts.length < FEWEST_SHARING) return 0;
  let length = first.length;
  for (const prompt of prompts) {
    while (!prompt.startsWith(first.slice(0, length))) length--;
  }
  return tokens(first.slice(0, length));
}

/** The choices of a question are put to the same context, which is computed once. */
function cost(request: Request, tokens: (text: string) => number): { prompt: number; answer: number } {
  if (request.kind === 'generate') {
    const { prompt, maxTokens } = request.request;
    return { prompt: tokens(prompt), answer: Math.min(maxTokens, ANSWER) };
  }
  const { pairs } = request.request;
  const contexts = [...new Set(pairs.map((pair) => pair.context))];
  const texts = [...contexts, ...pairs.map((pair) => pair.continuation)];
  return { prompt: texts.reduce((sum, text) => sum + tokens(text), 0), answer: 0 };
}
