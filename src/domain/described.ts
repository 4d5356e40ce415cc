import type { Trigger } from './triggers.js';

/** Triggers whose work somebody must have described before: what changes for users, callers, data or safety. */
export const DESCRIBED: ReadonlySet<string> = new Set<Trigger>([
  'security_auth_privacy', 'schema_data', 'dependencies', 'public_api_shared_contract', 'visual_flow_ambiguity', 'unclear_requirements',
]);
