/**
 * ZebraLogic (Lin et al. 2025, arXiv 2502.01100), grid mode: logic grid puzzles of 2 to 6 houses with 2 to 6
 * attributes, 40 of each size, to be solved in full and answered in JSON.
 * A row: {id: 'lgp-test-5x6-16', size: '5*6', puzzle, solution: {header: ['House', 'Name', ...], rows}, created_at}.
 * The prompt is that of WildEval/ZeroEval (src/templates/ZEBRA_GRID.py).
 */

import { UserError } from '../errors.ts';
import { type Grid, isGrid, scoreGrid } from '../scoring/zebra.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { textOf } from './rows.ts';

const EXAMPLE = `
# Example Puzzle 

There are 3 houses, numbered 1 to 3 from left to right, as seen from across the street. Each house is occupied by a different person. Each house has a unique attribute for each of the following characteristics:
 - Each person has a unique name: \`Peter\`, \`Eric\`, \`Arnold\`.
 - Each person has a unique favorite drink: \`tea\`, \`water\`, \`milk\`

## Clues for the Example Puzzle

1. Peter is in the second house.
2. Arnold is directly left of the one who only drinks water.
3. The one who only drinks water is directly left of the person who likes milk.

## Answer to the Example Puzzle

{
    "reasoning": "Given Clue 1, we know Peter is in House 2. According to Clue 2, Arnold is directly left of the one who only drinks water. The person in House 3 cannot be on the left of anyone, so Arnold must be in House 1. Thus, Peter drinks water, and Eric lives in House 3. Then, according to Clue 3, Eric drinks milk. Therefore, Arnold drinks tea.",
    "solution": {
        "House 1": {
            "Name": "Arnold",
            "Drink": "tea"
        },
        "House 2": {
            "Name": "Peter",
            "Drink": "water"
        },
        "House 3": {
            "Name": "Eric",
            "Drink": "milk"
        }
    }
}

# Puzzle to Solve 

`;

function ask(puzzle: string, { header, rows }: Grid): string {
  const house = Object.fromEntries(header.slice(1).map((attribute) => [attribute, '___']));
  const solution = Object.fromEntries(rows.map((_, i) => [`House ${i + 1}`, house]));
  const form = JSON.stringify({ reasoning: '___', solution }, null, 4);
  return `${EXAMPLE}${puzzle}\n\n\n# Instruction\n\nNow please solve the above puzzle. Present your reasoning and solution in the following json format:\n\n${form}\n\n`;
}

function gridOf(row: Row): Grid {
  const solution = row['solution'];
  if (!isGrid(solution)) {
    throw new UserError(`The column "solution" of puzzle ${textOf(row, 'id')} is no grid.`, {
      remedy: 'The public copy of allenai/ZebraLogicBench hides the solutions; WildEval/ZebraLogic has them.',
    });
  }
  return solution;
}

export const zebralogic: HubBenchmark = {
  name: 'zebralogic',
  title: 'ZebraLogic, grid mode',
  domain: 'logical',
  abilities: ['constraint-puzzles', 'deduction'],
  why: 'The one assignment that satisfies every clue is found by elimination; difficulty grows with the size of the grid.',
  abilityReasons: {
    'constraint-puzzles': 'Every clue rules out assignments, and one is left.',
    deduction: 'What a clue implies has to be carried on to the next, many steps deep.',
  },
  flaws: [
    {
      kind: 'floor',
      text: 'Only a whole grid counts, so models differ on the small sizes and fail alike on the large ones; the share of right cells stands beside it.',
    },
    {
      kind: 'form',
      text: 'An answer that is no JSON is lost in the compatible metric, whatever its reasoning was worth.',
    },
    {
      kind: 'contamination',
      text: 'Solutions are on the hub in copies, although the authors keep them apart.',
    },
  ],
  clusterKey: 'item (a puzzle has one question in grid mode)',
  kind: 'generate',
  format: 'worked',
  answer: 'structure',
  paper: 'Lin et al. 2025, arXiv 2502.01100',
  chance: 0,
  licence: 'not stated on the hub',
  source: 'WildEval/ZeroEval, zebra-grid; 1 worked example in the prompt',
  test: {
    dataset: 'WildEval/ZebraLogic',
    config: 'grid_mode',
    split: 'test',
    files: 'grid_mode/test-*.parquet',
  },
  size: 1000,
  metric: 'exact_match',
  goldShape: { text: 'a grid {header: [...], rows: [[...]]}', fits: isGrid },
  items: (test: readonly Row[]): GenerateItem[] =>
    test.map((row, index) => {
      const grid = gridOf(row);
      return {
        ...loneItem(textOf(row, 'id'), index, buildPrompt({ question: ask(textOf(row, 'puzzle'), grid) })),
        stop: [],
        maxTokens: 4096,
        gold: { header: [...grid.header], rows: grid.rows.map((cells) => [...cells]) },
      };
    }),
  score: (output, item, options) => scoreGrid(output, item.gold as Grid, options?.ending),
};
