import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFences } from './fenced-code.ts';

const CODE = 'def f(x):\n    return x\n';
const BODY = '    return x\n';

describe('the code of an answer with fences', () => {
  it.each([
    ['no fence', CODE, null],
    ['a block between words', `Sure:\n\`\`\`python\n${CODE}\`\`\`\nDone.`, CODE],
    ['a bare block between words', `Sure:\n\`\`\`\n${CODE}\`\`\`\nDone.`, CODE],
    ['words that begin with a space', ` Sure:\n\`\`\`\n${CODE}\`\`\`\n`, CODE],
    ['a block that is indented', `Sure:\n  \`\`\`python\n${CODE}  \`\`\``, CODE],
    ['the last of two blocks', `\`\`\`\nx = 1\n\`\`\`\nNo:\n\`\`\`python\n${CODE}\`\`\``, CODE],
    ['a continuation that is closed', `${BODY}\`\`\``, BODY],
    ['a continuation that is closed, and words', `${BODY}\`\`\`\n\nIt returns x.\n`, BODY],
    ['a continuation and a block of its use', `${BODY}\`\`\`\nUse:\n\`\`\`python\nf(1)\n\`\`\``, BODY],
    ['a function that is closed', `\n${CODE}\`\`\`\nDone.`, `\n${CODE}`],
    ['a block cut off', `Sure:\n\`\`\`python\n${CODE}`, CODE],
    ['a block of which nothing is left', 'Sure:\n```python', ''],
    ['a fence alone', '```', ''],
    ['an empty block', 'Sure:\n```python\n```\n', ''],
    ['backticks in a docstring', `def f(x):\n    """\n    \`\`\`\n    f(1)\n    \`\`\`\n    """\n`, null],
    [
      'a fence behind a docstring',
      `def f(x):\n    """ x """\n    return x\n\`\`\`\n`,
      'def f(x):\n    """ x """\n    return x\n',
    ],
    ['backticks within a line', 'Use ```f(x)``` here.', null],
  ])('%s', (_, output, code) => {
    expect(readFences(output)?.code ?? null).toBe(code);
  });

  it('gives back any code without fences, and all of it, whatever the words around it', () => {
    const words = fc.stringMatching(/^[A-Z][a-z ,.]{0,30}:?$/);
    const lines = fc.array(fc.stringMatching(/^[a-z][a-z0-9 =+()[\]#]{0,20}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.constantFrom('', 'python', 'py'), lines, words, (before, word, code, after) => {
        const text = `${code.join('\n')}\n`;
        expect(readFences(`${before}\n\`\`\`${word}\n${text}\`\`\`\n${after}`)?.code).toBe(text);
        expect(readFences(`${before}\n\`\`\`${word}\n${text}`)?.code).toBe(text);
        expect(readFences(text)).toBe(null);
      }),
    );
  });
});
