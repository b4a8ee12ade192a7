/** The 25 instructions of IFEval by id (Zhou et al. 2023, arXiv 2311.07911; lm-evaluation-harness 0.4.13, tasks/ifeval). */
import { numberBulletLists } from './bullet-lists.ts';
import { capitalWordFrequency } from './capital-words.ts';
import { constrainedResponse } from './constrained-response.ts';
import { highlightedSections } from './highlighted-sections.ts';
import type { Instruction } from './instruction.ts';
import { jsonFormat } from './json-format.ts';
import { existence, forbiddenWords, frequency } from './keywords.ts';
import { englishCapital, englishLowercase } from './letter-case.ts';
import { letterFrequency } from './letter-frequency.ts';
import { multipleSections } from './multiple-sections.ts';
import { noComma } from './no-comma.ts';
import { numberSentences } from './number-sentences.ts';
import { numberWords } from './number-words.ts';
import { nthParagraphFirstWord, numberParagraphs } from './paragraphs.ts';
import { numberPlaceholders } from './placeholders.ts';
import { postscript } from './postscript.ts';
import { repeatPrompt } from './repeat-prompt.ts';
import { responseLanguage } from './response-language.ts';
import { endChecker, quotation } from './start-and-end.ts';
import { title } from './title.ts';
import { twoResponses } from './two-responses.ts';

export const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  'keywords:existence': existence,
  'keywords:frequency': frequency,
  'keywords:forbidden_words': forbiddenWords,
  'keywords:letter_frequency': letterFrequency,
  'language:response_language': responseLanguage,
  'length_constraints:number_sentences': numberSentences,
  'length_constraints:number_paragraphs': numberParagraphs,
  'length_constraints:number_words': numberWords,
  'length_constraints:nth_paragraph_first_word': nthParagraphFirstWord,
  'detectable_content:number_placeholders': numberPlaceholders,
  'detectable_content:postscript': postscript,
  'detectable_format:number_bullet_lists': numberBulletLists,
  'detectable_format:constrained_response': constrainedResponse,
  'detectable_format:number_highlighted_sections': highlightedSections,
  'detectable_format:multiple_sections': multipleSections,
  'detectable_format:json_format': jsonFormat,
  'detectable_format:title': title,
  'combination:two_responses': twoResponses,
  'combination:repeat_prompt': repeatPrompt,
  'startend:end_checker': endChecker,
  'startend:quotation': quotation,
  'change_case:capital_word_frequency': capitalWordFrequency,
  'change_case:english_capital': englishCapital,
  'change_case:english_lowercase': englishLowercase,
  'punctuation:no_comma': noComma,
};
