declare const CXW_VERSION: string | undefined;

/** The program's own version, as the build wrote it in; run from source there is none. */
export const VERSION: string = typeof CXW_VERSION === 'string' ? CXW_VERSION : '0.0.0-source';
