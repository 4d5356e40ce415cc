/** The files that ship with the program: templates and prompts, by their relative names. */
export interface Assets {
  templates(): Promise<{ path: string; content: Buffer }[]>;
  prompt(name: string): Promise<string>;
  /** The program's own version. */
  version: string;
}
