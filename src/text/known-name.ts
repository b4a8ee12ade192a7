/** What a user typed, met with the names that there are. */
import { UserError } from '../errors.ts';
import { nearest } from './nearest.ts';

/**
 * `name` if it is one of `names`. Otherwise throws UserError with the nearest of them, or those that contain it, and
 * `list`: how to see them all. `kind`: what is named, for the message. `shown`: the names that may be suggested.
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
  const near = nearest(name, shown);
  const containing = shown.filter((one) => name.length >= 3 && one.includes(name.toLowerCase())).slice(0, 3);
  const meant = near ? [near] : containing;
  const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}? ` : '';
  throw new UserError(`There is no ${kind} named "${name}".`, { remedy: `${hint}${list}` });
}
