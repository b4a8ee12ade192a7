/**
 * Tools as text. Templates differ in whether they know tools at all, so that rows keep them as text in the layout that
 * Hermes models brought up and Qwen's templates write (https://github.com/NousResearch/Hermes-Function-Calling): a call
 * is an object of JSON in `<tool_call>` tags, the tools that may be called stand in `<tools>` tags of the system turn.
 */

/** The calls of an assistant's turn, after its own text. Null where a call has no name. */
export function withCalls(content: string, calls: readonly unknown[]): string | null {
  const written = calls.map(callText);
  if (written.includes(null)) return null;
  return [content, ...written].filter((part) => part !== '').join('\n');
}

/** `{"function": {"name", "arguments"}}` as OpenAI writes it, or the inner object alone; arguments may be JSON text. */
function callText(call: unknown): string | null {
  const outer = fields(call);
  const { name, arguments: given } = 'function' in outer ? fields(outer['function']) : outer;
  if (typeof name !== 'string') return null;
  const written = typeof given === 'string' ? given : spacedJson(given ?? {});
  return taggedCall(`{"name": ${JSON.stringify(name)}, "arguments": ${written}}`);
}

/** A call that is already written. */
export function taggedCall(json: string): string {
  return `<tool_call>\n${json}\n</tool_call>`;
}

/** The system turn with the tools that a row defines: a list, one of them, or a text of JSON. */
export function withTools(system: string, tools: unknown): string {
  const lines = Array.isArray(tools)
    ? // Parquet has no column of anything: there each tool is a text of JSON.
      tools.map((tool) => (typeof tool === 'string' ? tool.trim() : spacedJson(tool)))
    : typeof tools === 'string'
      ? [tools.trim()]
      : typeof tools === 'object' && tools !== null
        ? [spacedJson(tools)]
        : [];
  if (lines.every((line) => line === '' || line === '[]')) return system;
  const written = `Tools that may be called, as JSON Schema:\n<tools>\n${lines.join('\n')}\n</tools>`;
  return system === '' ? written : `${system}\n\n${written}`;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** JSON with a space after commas and colons, as Python's json.dumps and therefore the templates write it. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  // Parquet has whole numbers that JSON.stringify refuses, and dates.
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return JSON.stringify(value ?? null);
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spacedJson(inner)}`);
  return `{${pairs.join(', ')}}`;
}
