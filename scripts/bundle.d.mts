export interface Chunk {
  /** Relative to the folder. */
  fileName: string;
  /** Absolute names of the source modules in it. */
  moduleIds: string[];
}

export function bundle(wish: { input: Record<string, string>; folder: string; minify?: boolean; external?: string[] }): Promise<Chunk[]>;
