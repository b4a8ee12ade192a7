/** The versions of a response of which one must follow, in IFEval's loose reading (its utils.py). */
import { pythonStrip } from '../../text/python-text.ts';

/** The response, without asterisks, without its first line, its last, both, and those three without asterisks. */
export function looseVersions(response: string): readonly string[] {
  const lines = response.split('\n');
  const cut = [lines.slice(1), lines.slice(0, -1), lines.slice(1, -1)].map((rest) =>
    pythonStrip(rest.join('\n')),
  );
  const versions = [response, ...cut];
  const bare = versions.map((version) => version.replaceAll('*', ''));
  return [...new Set([...versions, ...bare])].filter((version) => pythonStrip(version) !== '');
}
