/** Answers to IFEval prompts for the contract test: there is no reference, so some were written by hand. */
import type { IfevalTarget } from '../../src/scoring/ifeval/target.ts';

/** By key of the dataset: responses that follow, one prompt for each of the 25 instructions. */
export const FOLLOWING: Readonly<Record<string, string>> = {
  1092: 'We spent ten days in Japan. Kyoto was our favourite stop.',
  1593: 'my friend barnet walks the lane at night\nand every lamp he passes gives him light',
  1886: '*I hide a hook beneath my letter c*, *I am the face a house will show to thee*, *yet what is behind me you may never see*.',
  219: '"I think so: her work in Jab We Met shows a fine sense of timing."',
  2247: 'ALVIN AND THE CHIPMUNKS ARE THREE SMALL SINGERS WHO LIVE WITH DAVE. THEY MAKE A LOT OF NOISE AND MANY FRIENDS.',
  2266: 'Take the size of one element. Multiply it by [index]. The product is the offset.',
  2299: 'Kwa nini mchumba alileta ngazi kwenye sherehe ya uchumba? Kwa sababu alisikia kwamba mapenzi yao yamefika juu sana! Wageni wote walicheka na kula chakula kizuri.',
  2314: 'Here they are:\n* Domino\n* Oreo\n* Patch',
  2396: 'The war went on for thirty years,\nand no one counted all the tears.\n\nP.P.S Peace came in spring.',
  2398: 'California, I came for your sun, your love, and thanks.',
  2467: 'Down we go\n***\ninto the deep\n***\nwhere the echoes\n***\nnever sleep',
  2662: 'This week I met the workers whose union engages us all. I do not take their trust lightly.',
  2811: 'I rise in the morning and I write my rhyme, I keep the beat and I keep the time.',
  2849: 'A man from Nantucket named BOB\nonce looked for a well-paying JOB.',
  2925: 'SECTION 1\nTwo anarchists met in Tulsa.\nSECTION 2\nNobody called the meeting.\nSECTION 3\nSo nobody came.',
  3057: '<<The way back>>\nI undo what my partner did. What am I?',
  3073: 'Firms like ours are well, thank you.\n\nSecond.\n\nThird.\n\nFourth.',
  3091: 'Can an elephant store a bit? How many bits name one elephant of eight? Which bit says "elephant"?',
  3126: 'Greet the candidate. Then ask: [question]. Listen.',
  3223: '{"name": "Lionel Messi", "born": 1987, "clubs": ["Barcelona", "Paris Saint-Germain", "Inter Miami"]}',
  3263: 'Yes, it is a family name.\n******\nJing, Jang and Jian sound alike.',
  3478: 'Layton, our hero, runs through the night.\nHis smile glows, his future is bright.',
  3563: 'What is the name of the actor who played Gandalf in Lord of the Rings?\nIan McKellen.',
  3615: 'I have two names and one crown. Who am I?',
  3753: 'My answer is no.',
};

/** A response that breaks at least one of the instructions. */
export function breaking({ instruction_id_list: ids, kwargs }: IfevalTarget): string {
  for (const [i, id] of ids.entries()) {
    const args = kwargs[i] as Record<string, unknown>;
    const many = (text: string, name: string): string => text.repeat(Number(args[name]));
    if (id === 'punctuation:no_comma') return 'Well, no.';
    if (id === 'keywords:forbidden_words') return `A ${(args['forbidden_words'] as string[])[0]} it is.`;
    if ((args['relation'] ?? args['let_relation'] ?? args['capital_relation']) !== 'less than') continue;
    if (id === 'keywords:frequency') return many(`${args['keyword']} `, 'frequency');
    if (id === 'keywords:letter_frequency') return many(`${args['letter']} `, 'let_frequency');
    if (id === 'length_constraints:number_words') return many('word ', 'num_words');
    if (id === 'length_constraints:number_sentences')
      return many('Here is one more of them. ', 'num_sentences');
    if (id === 'change_case:capital_word_frequency') return many('WORD ', 'capital_frequency');
  }
  return 'Zq';
}
