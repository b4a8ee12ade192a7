/** The tiny Llama of the fixtures with a longer context: whole problems fit into it. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Writes the model to `folder`. The rotary embedding has no learned part, so the context may be any length. */
export function writeRoomyModel(folder: string, context: number): void {
  cpSync(resolve('test/fixtures/models/llama'), folder, { recursive: true });
  const config = join(folder, 'config.json');
  const text = readFileSync(config, 'utf8');
  writeFileSync(
    config,
    text.replace('"max_position_embeddings": 128', `"max_position_embeddings": ${context}`),
  );
}
