/** What a model reference means: a folder, a GGUF file, a built-in model, or a repository of the hub, which is then fetched. */
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { fileStat } from '../platform/files.ts';
import { hubFile, listHubFiles } from '../platform/hub.ts';
import { BUILTIN_SHELF, builtinFolder, builtinName } from './builtin.ts';

export interface ModelPlace {
  readonly kind: 'folder' | 'gguf';
  readonly path: string;
  /** For people: the last part of the reference, of a built-in model the whole. */
  readonly name: string;
}

const HELP =
  'A model is builtin:NAME, a folder in Hugging Face layout, a .gguf file, or a hub id such as HuggingFaceTB/SmolLM2-135M-Instruct.';
/** The files of a repository that make a model; weights in other formats stay where they are. */
const WANTED =
  /^(config|generation_config|tokenizer|tokenizer_config|model\.safetensors\.index)\.json$|^chat_template\.jinja$|^model(-\d+-of-\d+)?\.safetensors$/;

/**
 * `shelf`: the folder of the built-in models. Throws UserError for what is no model, and where the hub cannot give it.
 */
export async function locateModel(ref: string, shelf: string = BUILTIN_SHELF): Promise<ModelPlace> {
  const builtin = builtinName(ref);
  if (builtin !== undefined) return { kind: 'folder', path: await builtinFolder(builtin, shelf), name: ref };
  if (ref.startsWith('openai:'))
    throw new UserError(`the model ${ref} has no weights that can be opened here`, { remedy: HELP });
  const path = resolve(ref);
  const name = path.split(/[/\\]/).at(-1)!;
  const found = await fileStat(path);
  if (found?.folder) return { kind: 'folder', path, name };
  if (found && ref.toLowerCase().endsWith('.gguf')) return { kind: 'gguf', path, name: name.slice(0, -5) };
  if (found) throw new UserError('neither a folder nor a .gguf file', { place: { file: ref }, remedy: HELP });
  const hub = ref.match(/^([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@([\w./-]+))?$/);
  if (!hub || ref.endsWith('.gguf')) throw new UserError(`there is no model ${ref}`, { remedy: HELP });
  return { kind: 'folder', path: await fetchModel(ref, hub[1]!, hub[2]), name };
}

async function fetchModel(ref: string, id: string, revision: string | undefined): Promise<string> {
  const repo = { kind: 'model', id, ...(revision && { revision }) } as const;
  try {
    const files = (await listHubFiles(repo)).filter((file) => WANTED.test(file));
    // The configuration last: it is what makes the folder a model.
    files.sort((a, b) => Number(a === 'config.json') - Number(b === 'config.json'));
    let folder = '';
    for (const file of files) folder = dirname(await hubFile(repo, file));
    if (files.at(-1) === 'config.json') return folder;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`there is no folder ${ref} here, and from the hub: ${error.message}`, {
      remedy: error.remedy ?? HELP,
      cause: error,
    });
  }
  throw new UserError(`the repository ${id} of the hub holds no config.json, so it is no model`, {
    remedy: HELP,
  });
}
