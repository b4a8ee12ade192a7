/** A folder in Hugging Face layout as the parts of a checkpoint. */
import { join } from 'node:path';
import { z } from 'zod';
import { exists, readText } from '../../platform/files.ts';
import type { ModelConfig, TokenizerFiles } from '../checkpoint.ts';
import { malformed } from '../malformed.ts';
import { type OpenSafetensors, openSafetensors, safetensorsWeights } from '../safetensors/read.ts';
import type { WeightSource } from '../weight-source.ts';
import { readConfig } from './config.ts';

export async function openFolder(
  folder: string,
): Promise<{ config: ModelConfig; weights: WeightSource; tokenizerFiles: TokenizerFiles }> {
  const path = (name: string) => join(folder, name);
  if (!(await exists(path('config.json')))) {
    throw malformed(folder, 'the folder holds no config.json, so it is no model in Hugging Face layout');
  }
  const generation = (await exists(path('generation_config.json')))
    ? await readJson(path('generation_config.json'))
    : undefined;
  const config = readConfig(path('config.json'), await readJson(path('config.json')), generation);
  const tokenizerFiles = await readTokenizerFiles(folder);
  const weights = await openWeights(folder, config);
  return { config, weights, tokenizerFiles };
}

export async function readJson(file: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readText(file)));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `: ${error.message}` : '';
    throw malformed(file, `not a JSON object${reason}`, undefined, error);
  }
}

async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const path = (name: string) => join(folder, name);
  if (!(await exists(path('tokenizer.json')))) {
    throw malformed(
      folder,
      'the folder holds no tokenizer.json',
      'In Python: AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER) writes one.',
    );
  }
  const { chat_template: inline, ...tokenizerConfig } = (await exists(path('tokenizer_config.json')))
    ? await readJson(path('tokenizer_config.json'))
    : {};
  // transformers 4.51 and later keep the template in a file of its own, which wins over the field.
  const template = (await exists(path('chat_template.jinja')))
    ? await readText(path('chat_template.jinja'))
    : defaultTemplate(inline);
  return {
    tokenizerJson: await readText(path('tokenizer.json')),
    tokenizerConfig,
    ...(template !== undefined && { chatTemplate: template }),
  };
}

/** The field is a template, or a list of named ones of which `default` is meant for conversations. */
function defaultTemplate(field: unknown): string | undefined {
  if (typeof field === 'string') return field;
  const named = z.array(z.object({ name: z.string(), template: z.string() })).safeParse(field);
  return named.success ? named.data.find(({ name }) => name === 'default')?.template : undefined;
}

async function openWeights(folder: string, config: ModelConfig): Promise<WeightSource> {
  const names = await weightFiles(folder);
  const open: OpenSafetensors[] = [];
  try {
    for (const name of names) open.push(await openSafetensors(join(folder, name)));
    // Some models store what is no weight (old Llamas' frequencies) or a second copy of the tied embedding.
    return safetensorsWeights(
      open,
      (name) => name.endsWith('.rotary_emb.inv_freq') || (config.tiedHead && name === 'lm_head.weight'),
    );
  } catch (error) {
    await Promise.all(open.map(({ file }) => file.close()));
    throw error;
  }
}

async function weightFiles(folder: string): Promise<string[]> {
  const index = join(folder, 'model.safetensors.index.json');
  if (await exists(index)) {
    const { weight_map } = await readJson(index);
    const map = z.record(z.string(), z.string()).safeParse(weight_map);
    if (!map.success) throw malformed(index, 'weight_map should map tensor names to file names');
    const names = [...new Set(Object.values(map.data))].sort();
    const outside = names.find((name) => /[/\\]|^\.\.?$/.test(name));
    if (outside !== undefined) throw malformed(index, `${outside} is not the name of a file in the folder`);
    return names;
  }
  if (await exists(join(folder, 'model.safetensors'))) return ['model.safetensors'];
  throw malformed(
    folder,
    'the folder holds no model.safetensors',
    'Weights in other formats (pytorch_model.bin) are not read: save the model with safe_serialization.',
  );
}
