/**
 * The language of a text as a careful reader tells it: by the library eld, which unlike langdetect has no draws and is
 * not put off by capitals, since the text is lower-cased first. For Nepali and Swahili, which eld lacks, by langdetect's
 * model without its draws. Measured in docs/ifeval.md.
 */
import type { Finding } from '../instruction.ts';
import { likeliestLanguage } from './langdetect.ts';

/** As langdetect, and enough for any reader. */
const LENGTH = 10_000;
/** A line of fewer letters may be a name or a quotation. */
const LINE = 20;

type Detector = typeof import('eld/medium')['eld'];
let eld: Detector | null = null;
let known: ReadonlySet<string> = new Set();

/** Must have been awaited before `readsAs`: the library is megabytes that only this benchmark needs. */
export async function loadLanguages(): Promise<void> {
  if (eld) return;
  eld = (await import('eld/medium')).eld;
  known = new Set(Object.values(eld.info().Languages));
}

/** Whether all of the text is in the language (ISO 639-1): no line may be English, unless English was asked for. */
export function readsAs(text: string, language: string): Finding {
  if (!eld) throw new Error('loadLanguages() has not been awaited');
  const lower = text.slice(0, LENGTH).toLowerCase();
  if (!/\p{L}/u.test(lower)) return { followed: false, why: 'no letters' };
  if (!known.has(language)) {
    const found = likeliestLanguage(lower);
    return { followed: found === language, why: `reads as ${found}` };
  }
  const found = eld.detect(lower).language || 'no language';
  if (found !== language || language === 'en')
    return { followed: found === language, why: `reads as ${found}` };
  const english = lower.split('\n').find((line) => readsAsEnglish(line, eld!));
  return {
    followed: english === undefined,
    why:
      english === undefined
        ? `reads as ${found}`
        : `a line in English: ${JSON.stringify(english.trim().slice(0, 40))}`,
  };
}

function readsAsEnglish(line: string, detector: Detector): boolean {
  if ((line.match(/[a-z]/g)?.length ?? 0) < LINE) return false;
  const result = detector.detect(line);
  return result.language === 'en' && result.isReliable();
}
