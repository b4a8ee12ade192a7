import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSTRUCTIONS } from './instructions.ts';
import { looseVersions } from './loose.ts';
import { scoreIfeval } from './score-ifeval.ts';
import { bindTarget, type IfevalTarget, isIfevalTarget } from './target.ts';
import { loadLanguages } from './tools/language.ts';

const ARGS: Readonly<Record<string, Record<string, unknown>>> = {
  'keywords:existence': { keywords: ['water', '(a+)+$'] },
  'keywords:frequency': { keyword: '(a|a)*b', frequency: 2, relation: 'at least' },
  'keywords:forbidden_words': { forbidden_words: ['a', '.*'] },
  'keywords:letter_frequency': { letter: '#', let_frequency: 3, let_relation: 'less than' },
  'language:response_language': { language: 'sw' },
  'length_constraints:number_sentences': { num_sentences: 3, relation: 'less than' },
  'length_constraints:number_paragraphs': { num_paragraphs: 2 },
  'length_constraints:number_words': { num_words: 20, relation: 'at least' },
  'length_constraints:nth_paragraph_first_word': { num_paragraphs: 2, nth_paragraph: 2, first_word: 'so' },
  'detectable_content:number_placeholders': { num_placeholders: 2 },
  'detectable_content:postscript': { postscript_marker: 'P.P.S' },
  'detectable_format:number_bullet_lists': { num_bullets: 2 },
  'detectable_format:number_highlighted_sections': { num_highlights: 2 },
  'detectable_format:multiple_sections': { section_spliter: 'SECTION', num_sections: 2 },
  'combination:repeat_prompt': { prompt_to_repeat: 'Write a poem.' },
  'startend:end_checker': { end_phrase: 'Peace!' },
  'change_case:capital_word_frequency': { capital_frequency: 2, capital_relation: 'at least' },
};
const IDS = Object.keys(INSTRUCTIONS);
const EVERYTHING: IfevalTarget = { instruction_id_list: IDS, kwargs: IDS.map((id) => ARGS[id] ?? {}) };

describe('a response to instructions', () => {
  const target: IfevalTarget = {
    instruction_id_list: ['punctuation:no_comma', 'length_constraints:number_words'],
    kwargs: [{}, { num_words: 3, relation: 'at least' }],
  };

  it('is judged twice, with the verdict on each instruction', async () => {
    expect(await scoreIfeval("It's it.", target)).toMatchInlineSnapshot(`
      {
        "answer": "1 of 2 instructions followed",
        "instructions": [
          {
            "corrected": {
              "loose": true,
              "strict": true,
            },
            "id": "punctuation:no_comma",
            "loose": true,
            "strict": true,
            "why": "no comma",
          },
          {
            "corrected": {
              "loose": false,
              "strict": false,
            },
            "id": "length_constraints:number_words",
            "loose": true,
            "strict": true,
            "why": "2 words, at least 3 asked",
          },
        ],
        "outcome": "wrong",
        "readings": {
          "compatible": {
            "inst_level_loose_acc": 1,
            "inst_level_strict_acc": 1,
            "prompt_level_loose_acc": 1,
            "prompt_level_strict_acc": 1,
          },
          "corrected": {
            "inst_level_loose_acc": 0.5,
            "inst_level_strict_acc": 0.5,
            "prompt_level_loose_acc": 0,
            "prompt_level_strict_acc": 0,
          },
        },
        "value": 0,
        "weights": {
          "inst_level_loose_acc": 2,
          "inst_level_strict_acc": 2,
        },
        "why": "1 of 2 instructions followed; not followed: length_constraints:number_words (2 words, at least 3 asked).",
      }
    `);
  });

  it('may follow in a cleaned version only', async () => {
    const { readings, outcome } = await scoreIfeval('Sure, here it is:\nOne two three four', target);
    expect(outcome).toBe('wrong');
    expect(readings.compatible).toEqual({
      prompt_level_strict_acc: 0,
      inst_level_strict_acc: 0.5,
      prompt_level_loose_acc: 1,
      inst_level_loose_acc: 1,
    });
  });

  it('says how every kind of response ends', async () => {
    const said = [];
    for (const text of ['', ' \n', 'a b c', 'a, b, c']) {
      for (const ending of ['stop', 'length'] as const) {
        const { outcome, value, why } = await scoreIfeval(text, target, ending);
        said.push(`${JSON.stringify(text)} ${ending}: ${outcome} ${value}. ${why}`);
      }
    }
    expect(said).toMatchInlineSnapshot(`
      [
        """ stop: no_answer 0. The response is empty.",
        """ length: no_answer 0. The response is empty.",
        "" \\n" stop: no_answer 0. The response is empty.",
        "" \\n" length: no_answer 0. The response is empty.",
        ""a b c" stop: correct 1. 2 of 2 instructions followed.",
        ""a b c" length: correct 1. 2 of 2 instructions followed.",
        ""a, b, c" stop: wrong 0. 1 of 2 instructions followed; not followed: punctuation:no_comma (2 commas).",
        ""a, b, c" length: truncated 0. Cut off at the token limit. 1 of 2 instructions followed; not followed: punctuation:no_comma (2 commas).",
      ]
    `);
  });

  it('ends as an error for a target that is none', async () => {
    const other = { instruction_id_list: ['no:such'], kwargs: [{}] };
    expect((await scoreIfeval('x', other)).outcome).toBe('error');
    expect([other, null, {}, { instruction_id_list: [], kwargs: [] }, 'x'].map(isIfevalTarget)).toEqual(
      Array(5).fill(false),
    );
    const without = IDS.filter((id) => ARGS[id]).map((id) => ({ instruction_id_list: [id], kwargs: [{}] }));
    expect(without.filter(isIfevalTarget)).toEqual([]);
    expect(isIfevalTarget({ instruction_id_list: ['punctuation:no_comma'], kwargs: [] })).toBe(false);
  });
});

describe('loose versions', () => {
  it('are those of the original, without repetitions and blank ones', () => {
    expect(looseVersions('*a*\nb\nc')).toEqual(['*a*\nb\nc', 'b\nc', '*a*\nb', 'b', 'a\nb\nc', 'a\nb']);
    expect(looseVersions('one line')).toEqual(['one line']);
    expect(looseVersions(' ')).toEqual([]);
  });
});

const PIECES = [
  ...[
    'a',
    'B',
    ' ',
    '\n',
    '\n\n',
    '*',
    '***',
    '******',
    '-',
    '[',
    ']',
    '<<',
    '>>',
    '"',
    "'",
    '.',
    '!',
    ',',
    '```json\n',
    '{}',
  ],
  ...[
    'P.P.S',
    'SECTION 1',
    'Peace!',
    'Write a poem.',
    'My answer is no.',
    'water',
    '😀',
    '\ud800',
    'é',
    '。',
    '\u0085',
  ],
];

describe('any response', () => {
  it('gets one verdict an instruction, strict within loose, and the same one again', async () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (response) => {
        const score = await scoreIfeval(response, EVERYTHING);
        expect(score.instructions!.map(({ id }) => id)).toEqual(IDS);
        for (const { strict, loose, corrected, id } of score.instructions!) {
          expect(Number(strict), id).toBeLessThanOrEqual(Number(loose));
          expect(Number(corrected.strict), id).toBeLessThanOrEqual(Number(corrected.loose));
        }
        expect(score.value).toBe(score.readings.corrected['prompt_level_strict_acc']);
        expect(await scoreIfeval(response, EVERYTHING)).toEqual(score);
      }),
      { numRuns: 60 },
    );
  });
});

/** Each would take a pattern that tries every start, or every length of a run, n^2 steps: hours for a megabyte. */
const HOSTILE = [
  ' ',
  '\n',
  '*',
  '[',
  '<',
  '"',
  '. ',
  'a@',
  '-',
  'P.',
  '.)',
  '\t\n*',
  'a',
  "'a ",
  '```',
  '{"a":',
  '_a',
  'é?',
];

describe('a megabyte', () => {
  const bound = bindTarget(EVERYTHING)!;
  it.each(HOSTILE)('of %j is judged', { timeout: 60_000 }, async (piece) => {
    await loadLanguages();
    const text = `x${piece.repeat(Math.ceil(1e6 / piece.length))}y`;
    for (const instruction of bound) {
      expect(typeof instruction.original(text)).toBe('boolean');
      expect(instruction.corrected(text).why.length).toBeLessThan(300);
    }
  });

  it('is cleaned and judged whole', { timeout: 60_000 }, async () => {
    const text = 'The *cat* sat, and sat. '.repeat(40_000);
    expect((await scoreIfeval(text, EVERYTHING)).instructions).toHaveLength(25);
  });
});
