/** Tensors of one or several safetensors files. */
import { fileStat, openRandomAccess, type RandomAccessFile } from '../../platform/files.ts';
import { malformed } from '../malformed.ts';
import { FLOAT_FORMATS } from '../quantisation/formats.ts';
import {
  checkFinite,
  elements,
  type StoredTensor,
  type TensorInfo,
  type WeightFile,
  type WeightSource,
} from '../weight-source.ts';
import { readSafetensorsHeader } from './header.ts';

export interface OpenSafetensors {
  readonly file: RandomAccessFile;
  readonly modified: number;
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads the header only. */
export async function openSafetensors(path: string): Promise<OpenSafetensors> {
  const found = await fileStat(path);
  if (!found || found.folder) throw malformed(path, 'there is no such file');
  const file = await openRandomAccess(path);
  try {
    return { file, modified: found.modified, ...(await readSafetensorsHeader(file)) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** One tensor as float32, in its file's order (row-major). Throws UserError for NaN and infinities. */
export async function readStoredTensor(
  file: RandomAccessFile,
  tensor: StoredTensor,
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(elements(tensor.shape)!);
  FLOAT_FORMATS.get(tensor.dtype)!.dequantise(await file.read(tensor.offset, tensor.bytes), values);
  checkFinite(file.path, tensor.name, values);
  return values;
}

/** All tensors of all files but those that `skip` names. `files` are closed with the source. */
export function safetensorsWeights(
  files: readonly OpenSafetensors[],
  skip: (name: string) => boolean = () => false,
): WeightSource {
  const places = new Map<string, { file: RandomAccessFile; tensor: StoredTensor }>();
  for (const { file, tensors } of files) {
    for (const tensor of tensors) {
      if (skip(tensor.name)) continue;
      const other = places.get(tensor.name);
      if (other) throw malformed(file.path, `the tensor ${tensor.name} is also in ${other.file.path}`);
      places.set(tensor.name, { file, tensor });
    }
  }
  return {
    tensors: new Map<string, TensorInfo>(
      [...places].map(([name, { tensor }]) => [name, { shape: tensor.shape, dtype: tensor.dtype }]),
    ),
    files: files.map(
      ({ file, modified, tensors }): WeightFile => ({
        path: file.path,
        size: file.size,
        modified,
        ranges: tensors.map(({ offset, bytes }) => ({ offset, bytes })),
      }),
    ),
    read: async (name) => {
      const place = places.get(name);
      if (!place) throw new Error(`no tensor ${name}`);
      return readStoredTensor(place.file, place.tensor);
    },
    close: async () => {
      await Promise.all(files.map(({ file }) => file.close()));
    },
  };
}
