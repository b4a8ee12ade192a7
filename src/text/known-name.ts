/** What a user typed, met with the names that there are. */
import { UserError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** Names offered at most. */
const OFFERED = 3;

/**
 * `name` if it is one of `names`. Otherwise throws UserError with what may be meant (`meantNames`), and `list`: how to
 * see them all. `kind`: what is named, for the message. `shown`: the names that may be suggested.
 */
export function knownName<Name extends string>(
  name: string,
  names: readonly Name[],
  kind: string,
  list: string,
  shown: readonly string[] = names,
): Name {
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  const meant = meantNames(name, shown);
  const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}? ` : '';
  throw new UserError(`There is no ${kind} named "${name}".`, { remedy: `${hint}${list}` });
}

/**
 * What may be meant by a name that is none: those that begin with it, the shortest first; else the nearest one (a slip
 * of the keys); else those that contain it. At most three.
 */
export function meantNames(name: string, shown: readonly string[]): readonly string[] {
  const typed = name.trim().toLowerCase();
  if (typed.length >= 2) {
    const begun = shown.filter((one) => one.toLowerCase().startsWith(typed));
    if (begun.length > 0) return begun.sort((a, b) => a.length - b.length).slice(0, OFFERED);
  }
  const near = nearest(typed, shown);
  if (near !== undefined) return [near];
  return typed.length >= 3 ? shown.filter((one) => one.toLowerCase().includes(typed)).slice(0, OFFERED) : [];
}
