/** The shares of a mixture along a stage, at the few moments between which they follow straight lines. */
import type { Course, Knot } from '../data/mixture/course.ts';

/** How far a line between two moments that are told may be off a share, 0 to 1: less than the whole percent told. */
const TOLD = 0.005;

/** `at 0 % of the stage math 90 %, general 10 %; at 50 % math 90 %, general 10 %; at 50 % math 0 %, general 100 %`. */
export function courseText(course: Course): string {
  return toldKnots(course)
    .map(({ at, shares }, index) => {
      const each = Object.entries(shares).map(([source, share]) => `${source} ${percent(share)}`);
      return `at ${percent(at)}${index === 0 ? ' of the stage' : ''} ${each.join(', ')}`;
    })
    .join('; ');
}

/** Without the knots that straight lines between the others pass by (Ramer 1972, Douglas and Peucker 1973). */
export function toldKnots(course: Course): Course {
  if (course.length < 3) return course;
  const [first, last] = [course[0]!, course.at(-1)!];
  const distances = course.slice(1, -1).map((knot) => distance(knot, first, last));
  const furthest = Math.max(...distances);
  if (furthest <= TOLD) return [first, last];
  const split = 1 + distances.indexOf(furthest);
  return [...toldKnots(course.slice(0, split + 1)).slice(0, -1), ...toldKnots(course.slice(split))];
}

/** The greatest distance of a share from the line between two knots. */
function distance({ at, shares }: Knot, from: Knot, to: Knot): number {
  const way = to.at > from.at ? (at - from.at) / (to.at - from.at) : 0;
  return Math.max(
    ...Object.entries(shares).map(([source, share]) => {
      const [start, end] = [from.shares[source] ?? 0, to.shares[source] ?? 0];
      return Math.abs(share - (start + way * (end - start)));
    }),
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
