declare const CXW_VERSION: string | undefined;
declare const CXW_BUILD: string | undefined;

/** The program's own version, as the build wrote it in; run from source there is none. */
export const VERSION: string = typeof CXW_VERSION === 'string' ? CXW_VERSION : '0.0.0-source';

/** Names the sources that the program was built from: what another build worked out may be wrong for this one. */
export const BUILD: string = typeof CXW_BUILD === 'string' ? CXW_BUILD : 'source';
