/** Log-likelihood of continuations: one row per request, requests in units of similar length. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import type { LoglikelihoodRequest, LoglikelihoodResult, RunOptions } from '../../engine.ts';
import type { Decoder } from './decoder.ts';
import { cacheTokens, KvCache } from './kv-cache.ts';
import { notFinite } from './not-finite.ts';
import { encodePair } from './pair-tokens.ts';
import { readPrefix } from './prefix-cache.ts';
import { groupByTokens, type HeadAnswer, PASS_TOKENS, readRows, throwIfAborted } from './read-rows.ts';
import { type BranchedRow, branchedRow, sharablePrefix } from './row.ts';
import { sharedPrefixes } from './shared-prefixes.ts';

/** Sharing starts at this length: below, the copy and the smaller batches cost more than the tokens. */
const SHORTEST_PREFIX = 32;
const MOST_ROWS = 64;

interface Planned extends BranchedRow {
  readonly request: LoglikelihoodRequest;
  readonly promptTokens: number;
  readonly cut: number;
}

/** Results come unit by unit. Units depend on the list of requests alone. */
export async function loglikelihood(
  checkpoint: Checkpoint,
  decoder: Decoder,
  requests: readonly LoglikelihoodRequest[],
  { onResult, signal }: RunOptions<LoglikelihoodResult>,
): Promise<void> {
  const planned = requests.map((request) => plan(checkpoint, request));
  for (const empty of planned.filter(({ request }) => request.pairs.length === 0))
    onResult({ id: empty.request.id, choices: [], promptTokens: 0 });
  const full = planned.filter(({ request }) => request.pairs.length > 0);
  const groups = sharedPrefixes(
    full.map(({ row }) => sharablePrefix(row)),
    { shortest: SHORTEST_PREFIX, fewest: 2 },
  );
  const cache = new KvCache(checkpoint.config, 0, 0);
  for (const { prefix, members } of groups) {
    throwIfAborted(signal);
    const head = full[members[0]!]!.row.tokens.slice(0, prefix);
    const start = await readPrefix(decoder, head, signal);
    // Long first, so that a lack of memory shows at once; equal lengths stay in the order of the requests.
    const sorted = members.map((index) => full[index]!);
    sorted.sort((a, b) => b.row.tokens.length - a.row.tokens.length);
    const lengths = sorted.map(({ row }) => row.tokens.length - prefix);
    const roomFor = Math.floor(cacheTokens(checkpoint.config) / sorted[0]!.row.tokens.length);
    const mostRows = Math.max(1, Math.min(MOST_ROWS, roomFor));
    for (const [from, to] of groupByTokens(lengths, PASS_TOKENS, mostRows)) {
      throwIfAborted(signal);
      const unit = sorted.slice(from, to);
      cache.reshape(unit.length, unit[0]!.row.tokens.length);
      if (start) cache.fillPrefix(start, prefix);
      const rows = unit.map(({ row }) => row);
      const answers = await readRows(decoder, cache, rows, prefix, { signal });
      unit.forEach((item, at) => {
        onResult(resultOf(checkpoint.name, item, answers[at]!));
      });
    }
  }
}

function plan(checkpoint: Checkpoint, request: LoglikelihoodRequest): Planned {
  const pairs = request.pairs.map(({ context, continuation }) =>
    encodePair(checkpoint, context, continuation),
  );
  const first = pairs[0];
  return {
    ...branchedRow(pairs),
    request,
    promptTokens: first ? first.tokens.length - first.scored : 0,
    cut: Math.max(0, ...pairs.map(({ cut }) => cut)),
  };
}

function resultOf(
  model: string,
  { request, places, row, promptTokens, cut }: Planned,
  answers: HeadAnswer[],
) {
  if (answers.some(({ broken }) => broken)) throw notFinite(model, request.id);
  const choices = places.map((steps) => {
    let logprob = 0;
    let greedy = true;
    for (const { head, target } of steps) {
      logprob += answers[head]!.logprobs[target]!;
      greedy &&= answers[head]!.best === row.heads[head]!.targets[target];
    }
    if (!Number.isFinite(logprob)) throw notFinite(model, request.id);
    return { logprob, greedy, tokens: steps.length };
  });
  return { id: request.id, choices, promptTokens, ...(cut > 0 ? { cutTokens: cut } : {}) };
}
