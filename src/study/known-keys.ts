/** Which keys a schema knows at a place, for "did you mean". */
import { z } from 'zod';

/** Keys of the map at `path`; empty where any key may stand. */
export function keysOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let here = schema;
  for (const part of path) here = step(unwrap(here), part);
  const { def } = unwrap(here)._zod;
  return isObject(def) ? Object.keys(def.shape) : [];
}

function step(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType {
  const { def } = schema._zod;
  if (isObject(def)) return def.shape[String(part)] ?? z.unknown();
  if (def.type === 'array') return (def as z.core.$ZodArrayDef).element;
  if (def.type === 'record') return (def as z.core.$ZodRecordDef).valueType;
  return z.unknown();
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault') {
    return unwrap((def as z.core.$ZodOptionalDef).innerType);
  }
  if (def.type === 'union') return unwrap((def as z.core.$ZodUnionDef).options.at(-1) ?? z.unknown());
  return schema;
}

function isObject(def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef {
  return def.type === 'object';
}
