/** Turns zod's issues into sentences about the user's file, with the nearest known key or value. */
import type { z } from 'zod';
import { nearest } from '../text/nearest.ts';
import type { Diagnostic } from './diagnostics.ts';

/** A fault that zod found. */
export type Issue = z.core.$ZodIssue;

/** The file and its schema, asked about a path. */
export interface Asked {
  /** The value in the file (undefined: absent; {} and [] stand for collections). */
  valueAt(path: readonly PropertyKey[]): unknown;
  /** The keys that may stand in the map there; empty where any may. */
  knownKeys(path: readonly PropertyKey[]): readonly string[];
}

export function describeIssue(
  issue: Issue,
  asked: Asked,
  prefix: readonly PropertyKey[] = [],
): readonly Diagnostic[] {
  const path = [...prefix, ...issue.path];
  const value = asked.valueAt(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = asked.knownKeys(path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        what: 'unknown key',
        hint: didYouMean(key, known),
      }));
    }
    case 'invalid_union':
      // The last branch is the long form. A value that is no map gets the union's own message.
      if (issue.errors.length === 0 || !isMapping(value)) {
        return [{ path, what: `expected a name or a map, got ${show(value)}` }];
      }
      return issue.errors.at(-1)!.flatMap((inner) => describeIssue(inner, asked, path));
    case 'invalid_type':
      if (value === undefined) return [{ path, what: `missing; it needs ${typeName(issue.expected)}` }];
      return [{ path, what: `expected ${typeName(issue.expected)}, got ${show(value)}` }];
    case 'invalid_value': {
      const options = issue.values.map(String);
      const what = value === undefined ? 'missing; it needs' : `${show(value)} is not`;
      return [{ path, what: `${what} one of ${options.join(', ')}`, hint: guess(value, options) }];
    }
    case 'too_small':
      if (issue.origin === 'array') return [{ path, what: `needs at least ${issue.minimum} entry` }];
      if (issue.origin === 'string') return [{ path, what: 'must not be empty' }];
      return [
        {
          path,
          what: `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}, got ${show(value)}`,
        },
      ];
    case 'too_big':
      return [
        {
          path,
          what: `must be ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}, got ${show(value)}`,
        },
      ];
    case 'invalid_format':
      // A schema's own words; zod's default begins so.
      return [
        {
          path,
          what: `${show(value)} ${issue.message.startsWith('Invalid') ? 'may hold letters, digits, ".", "_" and "-" only' : issue.message}`,
        },
      ];
    case 'invalid_key':
      return [{ path, atKey: true, what: 'a name may hold letters, digits, ".", "_" and "-" only' }];
    default:
      return [{ path, what: issue.message }];
  }
}

/** "did you mean ...?", or the list of what is known when nothing is near. */
export function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const near = nearest(typed, known);
  if (near) return `did you mean ${near}?`;
  return known.length > 0 ? `known: ${known.join(', ')}` : undefined;
}

function guess(value: unknown, options: readonly string[]): string | undefined {
  const near = typeof value === 'string' ? nearest(value, options) : undefined;
  return near && `did you mean ${near}?`;
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a map';
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'a map',
    record: 'a map',
    array: 'a list',
  };
  return names[expected] ?? expected;
}
