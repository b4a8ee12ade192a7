/** The tensors of a GGUF file under their Hugging Face names and in the Hugging Face layout. */
import type { RandomAccessFile } from '../../platform/files.ts';
import { malformed } from '../malformed.ts';
import { GGML_FORMATS } from '../quantisation/formats.ts';
import { checkFinite, elements, type TensorInfo, type WeightSource } from '../weight-source.ts';
import type { GgufHeader } from './header.ts';

const GLOBAL: Readonly<Record<string, string>> = {
  token_embd: 'model.embed_tokens',
  output_norm: 'model.norm',
  output: 'lm_head',
};
const IN_LAYER: Readonly<Record<string, string>> = {
  attn_norm: 'input_layernorm',
  ffn_norm: 'post_attention_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
  attn_q_norm: 'self_attn.q_norm',
  attn_k_norm: 'self_attn.k_norm',
  ffn_gate: 'mlp.gate_proj',
  ffn_up: 'mlp.up_proj',
  ffn_down: 'mlp.down_proj',
};
/** Not weights but a setting: see `ggufConfig`. */
export const ROPE_FACTORS = 'rope_freqs.weight';

/** Hugging Face's name for a llama.cpp name, or undefined where the architectures we know have none. */
export function huggingFaceName(name: string): string | undefined {
  const parts = name.match(/^(?:blk\.(0|[1-9]\d{0,5})\.)?([a-z_]+)\.(weight|bias)$/);
  if (!parts) return undefined;
  const [, layer, stem = '', kind] = parts;
  const table = layer === undefined ? GLOBAL : IN_LAYER;
  if (!Object.hasOwn(table, stem)) return undefined;
  return `${layer === undefined ? '' : `model.layers.${layer}.`}${table[stem]}.${kind}`;
}

/** `heads` and `kvHeads` where the rows of q and k were reordered (architecture llama), else undefined. */
export function ggufWeights(
  file: RandomAccessFile,
  modified: number,
  header: GgufHeader,
  rotated: { readonly heads: number; readonly kvHeads: number } | undefined,
): WeightSource {
  const stored = new Map<string, GgufHeader['tensors'][number]>();
  for (const tensor of header.tensors) {
    if (tensor.name === ROPE_FACTORS) continue;
    const name = huggingFaceName(tensor.name);
    if (!name)
      throw malformed(file.path, `the tensor ${tensor.name} has no place in a supported architecture`);
    stored.set(name, tensor);
  }
  return {
    tensors: new Map<string, TensorInfo>(
      [...stored].map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
    ),
    files: [
      {
        path: file.path,
        size: file.size,
        modified,
        ranges: header.tensors.map(({ offset, bytes }) => ({ offset, bytes })),
      },
    ],
    read: async (name) => {
      const tensor = stored.get(name);
      if (!tensor) throw new Error(`no tensor ${name}`);
      const values = await readStored(file, tensor);
      const kind = name.match(/self_attn\.([qk])_proj\./)?.[1];
      if (!rotated || !kind) return values;
      const heads = kind === 'q' ? rotated.heads : rotated.kvHeads;
      return undoRotaryOrder(values, heads, tensor.shape[0]! / heads, tensor.shape[1] ?? 1);
    },
    close: () => file.close(),
  };
}

/** One tensor as it is stored, dequantised. */
export async function readStored(
  file: RandomAccessFile,
  tensor: GgufHeader['tensors'][number],
): Promise<Float32Array<ArrayBuffer>> {
  const bytes = await file.read(tensor.offset, tensor.bytes);
  const values = new Float32Array(elements(tensor.shape)!);
  GGML_FORMATS.get(tensor.type)!.dequantise(bytes, values);
  checkFinite(file.path, tensor.name, values);
  return values;
}

/**
 * llama.cpp rotates neighbouring pairs of rows, Hugging Face a head's first half with its second, so the converter
 * interleaved the halves of every head of q and k (`LlamaModel.permute` in convert_hf_to_gguf.py). Row 2 j + i of a
 * head goes back to row i headDim / 2 + j.
 */
export function undoRotaryOrder(
  values: Float32Array<ArrayBuffer>,
  heads: number,
  headDim: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  const half = headDim / 2;
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < headDim; row++) {
      const from = (head * headDim + row) * columns;
      const to = (head * headDim + (row % 2) * half + (row >> 1)) * columns;
      out.set(values.subarray(from, from + columns), to);
    }
  }
  return out;
}
