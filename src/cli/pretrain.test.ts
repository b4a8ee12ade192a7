import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-pretrain-cli-'));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const TINY = `name: tiny
model: { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 24, max_position_embeddings: 128 }
tokenizer: { vocab_size: 300, documents: 60 }
corpus: { parts: [{ weight: 1, procedural: [arithmetic] }], worked: { generate: 0 } }
training: { rounds: [{ steps: 3, learning_rate: 1e-2 }], documents: 4, max_length: 64 }
`;

describe('carryover pretrain', () => {
  it('makes a model, says so once more when it is finished, and prints JSON for scripts', async () => {
    const file = write('tiny.yaml', TINY);
    const out = join(folder, 'tiny');
    const first = await carryover('pretrain', file, '--out', out, '--json');
    expect(first).toMatchObject({ code: 0, error: '' });
    expect(JSON.parse(first.out)).toMatchObject({ out, steps: 3, parameters: expect.any(Number) });
    expect(first.said).toMatch(/parameters, 3 steps\nstep 3 of 3 {2}loss \d\.\d{3} {2}/);
    expect(existsSync(join(out, 'model.safetensors'))).toBe(true);
    const again = await carryover('pretrain', file, '--out', out);
    expect([again.code, again.out]).toEqual([0, `${out}\n`]);
    expect(again.said).toContain('This pretraining is finished; nothing was left to do.');
  });

  it('writes a card with the scores of the finished model', async () => {
    const out = join(folder, 'carded');
    const { code, said } = await carryover(
      'pretrain',
      write('c.yaml', TINY),
      '--out',
      out,
      '--card',
      '--items',
      '4',
    );
    expect([code, said.includes('step 3 of 3')]).toEqual([0, true]);
    const card = readFileSync(join(out, 'README.md'), 'utf8');
    expect(card).toContain('| arithmetic | mathematical | 4 | 0.0 | 0.0 | 0.0 to 49.0 | 0 |');
    expect(card).toContain('| domain | way | level 1 | level 2 | level 3 | level 4 | beyond training |');
    expect(existsSync(join(out, '.carryover'))).toBe(false);
  });

  it('names every problem of the file with its line, and leaves nothing behind', async () => {
    const file = write(
      'wrong.yaml',
      TINY.replace('num_attention_heads: 2', 'num_attention_heads: 3')
        .replace('[arithmetic]', '[arithmetics]')
        .replace('max_length: 64', 'max_length: 640'),
    );
    const unknown = write('unknown.yaml', TINY.replace('steps: 3', 'step: 3'));
    const said: string[] = [];
    for (const args of [
      [file],
      [unknown],
      [join(folder, 'missing.yaml')],
      [write('tiny-2.yaml', TINY), '--steps', '0'],
    ]) {
      const { code, error } = await carryover('pretrain', ...args, '--out', join(folder, 'nothing'));
      expect(code).toBe(2);
      said.push(error.replaceAll(folder, '.'));
    }
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
    expect(said.join('')).toMatchInlineSnapshot(`
      "./wrong.yaml:2:70: model.num_attention_heads: hidden_size 16 must be an even multiple of it, for the rotation of pairs
         2 | model: { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 3, intermediate_size: 24, max_position_embeddings: 128 }
           |                                                                      ~
      ./wrong.yaml:4:45: corpus.parts[0].procedural[0]: there is no procedural task arithmetics
         4 | corpus: { parts: [{ weight: 1, procedural: [arithmetics] }], worked: { generate: 0 } }
           |                                             ~~~~~~~~~~~
             did you mean arithmetic?
      ./wrong.yaml:5:84: training.max_length: is more than the model's 128 positions
         5 | training: { rounds: [{ steps: 3, learning_rate: 1e-2 }], documents: 4, max_length: 640 }
           |                                                                                    ~~~
        3 problems in ./wrong.yaml; nothing was started.
      ./unknown.yaml:5:22: training.rounds[0].steps: missing; it needs a number
         5 | training: { rounds: [{ step: 3, learning_rate: 1e-2 }], documents: 4, max_length: 64 }
           |                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      ./unknown.yaml:5:24: training.rounds[0].step: unknown key
         5 | training: { rounds: [{ step: 3, learning_rate: 1e-2 }], documents: 4, max_length: 64 }
           |                        ~~~~
             did you mean steps?
        2 problems in ./unknown.yaml; nothing was started.
      there is no pretraining file ./missing.yaml
        Give the path of a YAML file, such as studies/seedling.yaml.
      --steps 0: not a whole number of at least 1
      "
    `);
  });

  it('never writes over a model that it did not make', async () => {
    const file = write('tiny-3.yaml', TINY);
    const model = join(folder, 'other');
    await carryover('pretrain', file, '--out', model);
    rmSync(join(model, 'pretraining.json'));
    const before = readFileSync(join(model, 'model.safetensors'));
    const { code, error } = await carryover('pretrain', file, '--out', model);
    expect([code, error]).toEqual([2, expect.stringContaining('did not write')]);
    expect(readFileSync(join(model, 'model.safetensors'))).toEqual(before);
  });

  it('leaves the folder of an interrupted or finished carryover train alone', async () => {
    const file = write('tiny-4.yaml', TINY);
    for (const left of ['.carryover/state/state.json', '.carryover/data/receipt.json', 'training.json']) {
      const out = join(folder, `trained-${left.replaceAll('/', '-')}`);
      mkdirSync(dirname(join(out, left)), { recursive: true });
      writeFileSync(join(out, left), '{}');
      const { code, error } = await carryover('pretrain', file, '--out', out);
      expect([code, error]).toEqual([2, expect.stringContaining('holds the work of carryover train')]);
      expect(existsSync(join(out, left))).toBe(true);
    }
    const out = join(folder, 'pretraining');
    mkdirSync(join(out, '.carryover'), { recursive: true });
    writeFileSync(join(out, '.carryover', 'settings.json'), '{}');
    const trained = await carryover(
      'train',
      '--model',
      'test/fixtures/models/llama',
      '--data',
      file,
      '--out',
      out,
    );
    expect([trained.code, trained.error]).toEqual([
      2,
      expect.stringContaining('holds the work of carryover pretrain'),
    ]);
  });
});
