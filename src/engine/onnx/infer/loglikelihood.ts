/** Log-likelihood of continuations: requests side by side in rows of one length, rows in units. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { packBestFit } from '../../../data/packing/pack.ts';
import type { AskOptions, LoglikelihoodRequest, LoglikelihoodResult } from '../../engine.ts';
import type { Decoder } from './decoder.ts';
import { allKnown } from './known-units.ts';
import { cacheTokens, KvCache } from './kv-cache.ts';
import { notFinite } from './not-finite.ts';
import { encodePair } from './pair-tokens.ts';
import { readPrefix } from './prefix-cache.ts';
import { groupByTokens, type HeadAnswer, PASS_TOKENS, readRows, throwIfAborted } from './read-rows.ts';
import { type BranchedRow, branchedRow, joinRows, sharablePrefix } from './row.ts';
import { sharedPrefixes } from './shared-prefixes.ts';

/** Sharing starts at this length: below, the copy and the smaller batches cost more than the tokens. */
const SHORTEST_PREFIX = 32;
const MOST_ROWS = 64;
/**
 * Tokens that a row takes beyond the prefix unless a request is longer. Longer rows would hold more with less padding,
 * but attention looks at the whole row.
 */
const ROW_TOKENS = 128;

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
  { onResult, onUnit, signal, known }: AskOptions<LoglikelihoodResult>,
): Promise<void> {
  const planned = requests.map((request) => plan(checkpoint, request));
  for (const { request } of planned) {
    if (request.pairs.length > 0 || known?.has(request.id)) continue;
    onResult({ id: request.id, choices: [], promptTokens: 0 });
    onUnit?.([request.id]);
  }
  const full = planned.filter(({ request }) => request.pairs.length > 0);
  const groups = sharedPrefixes(
    full.map(({ row }) => sharablePrefix(row)),
    { shortest: SHORTEST_PREFIX, fewest: 2 },
  );
  const cache = new KvCache(checkpoint.config, 0, 0);
  for (const { prefix, members } of groups) {
    throwIfAborted(signal);
    if (
      allKnown(
        known,
        members.map((index) => full[index]!),
      )
    )
      continue;
    const head = full[members[0]!]!.row.tokens.slice(0, prefix);
    const start = await readPrefix(decoder, head, signal);
    // Long first, so that a lack of memory shows at once.
    const lengths = full.map(({ row }) => row.tokens.length - prefix);
    const longest = Math.max(...members.map((index) => lengths[index]!));
    const bins = packBestFit(members, lengths, Math.max(ROW_TOKENS, longest))
      .map((bin) => ({
        bin,
        row: joinRows(
          bin.map((index) => full[index]!.row),
          prefix,
        ),
      }))
      .sort((a, b) => b.row.tokens.length - a.row.tokens.length);
    const roomFor = Math.floor(cacheTokens(checkpoint.config) / bins[0]!.row.tokens.length);
    const mostRows = Math.max(1, Math.min(MOST_ROWS, roomFor));
    const needs = bins.map(({ row }) => row.tokens.length - prefix);
    for (const [from, to] of groupByTokens(needs, PASS_TOKENS, mostRows)) {
      throwIfAborted(signal);
      const unit = bins.slice(from, to);
      const asked = unit.flatMap(({ bin }) => bin.map((index) => full[index]!));
      if (allKnown(known, asked)) continue;
      cache.reshape(unit.length, unit[0]!.row.tokens.length);
      if (start) cache.fillPrefix(start, prefix);
      const rows = unit.map(({ row }) => row);
      const answers = await readRows(decoder, cache, rows, prefix, { signal });
      unit.forEach(({ bin }, at) => {
        let next = 0;
        for (const index of bin) {
          const item = full[index]!;
          const own = answers[at]!.slice(next, next + item.row.heads.length);
          next += own.length;
          onResult(resultOf(checkpoint.name, item, own));
        }
      });
      onUnit?.(asked.map(({ request }) => request.id));
    }
  }
}

function plan(checkpoint: Checkpoint, request: LoglikelihoodRequest): Planned {
  const known = new Map<string, readonly number[]>();
  const pairs = request.pairs.map(({ context, continuation }) =>
    encodePair(checkpoint, context, continuation, known),
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
