/** Fills `{{name}}` in a text of ours. A name without a value is our own mistake. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the text asks for {{${name}}}, which nobody gave`);
    return value;
  });
}

export interface Prompt {
  /** Who it speaks to. */
  role: string;
  /** The values that it needs. */
  variables: string[];
  body: string;
}

/** Reads a role prompt: front matter with `role` and `variables`, then the text. */
export function parsePrompt(text: string): Prompt {
  const parts = /^---\nrole: (\w+)\nvariables: \[([\w, ]*)\]\n---\n\n?([\s\S]*)$/.exec(text);
  if (parts === null) throw new Error('a prompt must begin with its role and its variables');
  const variables = parts[2]!.split(',').map((name) => name.trim()).filter((name) => name !== '');
  return { role: parts[1]!, variables, body: parts[3]! };
}
