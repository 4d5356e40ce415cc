/** Experts, who are asked about one respect of a change, and only where it shows that respect. */
export const EXPERTS = ['architecture', 'test', 'security', 'ux_accessibility', 'performance', 'data_migration', 'release_docs'] as const;
export type Expert = (typeof EXPERTS)[number];

/** Whom a fresh session can be briefed as. Title, description, what it may write and what it is told stand in `prompts/NAME.md`. */
export const ROLES = ['planner', 'writer', 'reviewer', 'curator', 'manager', 'blocker-resolver', 'final-verifier', 'git-delivery', ...EXPERTS] as const;
export type BriefRole = (typeof ROLES)[number];

/** Ways into a session without a brief: what each says stands in `prompts/entry/NAME.md`. */
export const ENTRIES = ['initialise-repository', 'quick-dev', 'single-ticket', 'package', 'manager', 'worker', 'reviewer', 'final-verifier', 'git-delivery'] as const;
export type Entry = (typeof ENTRIES)[number];

export const isRole = (word: string | undefined): word is BriefRole => ROLES.includes(word as BriefRole);
export const isExpert = (role: string): role is Expert => EXPERTS.includes(role as Expert);

/** What a role is shown of the work beside the ticket itself. */
const SHOWN = {
  plan: except('planner'),
  proofs: except('planner', 'curator'),
  difference: except('planner', 'writer', 'manager', 'git-delivery'),
  inspections: only('reviewer'),
  reviews: except('writer'),
} satisfies Record<string, (role: BriefRole) => boolean>;

export const isShown = (what: keyof typeof SHOWN, role: BriefRole): boolean => SHOWN[what](role);

function only(...roles: BriefRole[]): (role: BriefRole) => boolean {
  return (role) => roles.includes(role);
}

function except(...roles: BriefRole[]): (role: BriefRole) => boolean {
  return (role) => !roles.includes(role);
}
