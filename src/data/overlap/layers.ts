/** The ways in which a row can be found to hold a benchmark's item, and what is done about each. */

/** From the surest to the least sure: of several for one row and item the first counts. */
export const LAYERS = ['exact', 'ngram13', 'ngram8', 'template', 'near'] as const;
export type Layer = (typeof LAYERS)[number];

/** For people: what a layer finds. */
export const LAYER_MEANINGS: Readonly<Record<Layer, string>> = {
  exact: 'a turn, or a line of one, is the question',
  ngram13: '13 words in a row of the question; in mathematics all its numbers, too',
  ngram8: 'runs of 8 words that cover half of the question, or of its solution',
  template: 'a mathematical problem with other numbers or names',
  near: 'most words of the question in another order or wording',
};

/** `drop`: the row goes. `flag`: it stays and the hit is written down. `off`: not looked for. */
export const ACTIONS = ['drop', 'flag', 'off'] as const;
export type Action = (typeof ACTIONS)[number];
export type LayerActions = Readonly<Record<Layer, Action>>;

/** Copies go. A problem with other numbers may be what is to be taught, so it stays and is reported. */
export const DEFAULT_ACTIONS: LayerActions = {
  exact: 'drop',
  ngram13: 'drop',
  ngram8: 'drop',
  template: 'flag',
  near: 'flag',
};
