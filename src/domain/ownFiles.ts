import { ownPath } from './paths.js';

/** Where cxw keeps what people agree on with it. */
export const POLICY_PATH = '.cxw/policy.yaml';
/** Where it keeps what it laid down. */
export const MANIFEST_PATH = ownPath('.cxw/manifest.json');
