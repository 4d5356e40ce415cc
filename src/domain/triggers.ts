import type { Policy } from './policy.js';

/** What makes a ticket more than quick. Order and names are the contract of reports and policy. */
export const TRIGGERS = [
  'security_auth_privacy',
  'schema_data',
  'dependencies',
  'multiple_services_modules',
  'public_api_shared_contract',
  'visual_flow_ambiguity',
  'unclear_requirements',
  'broad_file_scope',
  'forbidden_path',
  'proof_unavailable',
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What files can show about a trigger. The other triggers are declared. */
const DEFAULT_TRIGGERS: Record<string, string[]> = {
  security_auth_privacy: ['**/auth/**', '**/security/**', '**/*auth*.*', '**/*permission*', '**/*credential*', '.github/workflows/**', '.gitlab-ci.yml', '**/Dockerfile*'],
  schema_data: ['**/migrations/**', '**/migrate/**', '**/schema.sql', '**/*.sql', '**/schema.prisma', '**/*.proto'],
  dependencies: [
    '**/package.json', '**/package-lock.json', '**/npm-shrinkwrap.json', '**/yarn.lock', '**/pnpm-lock.yaml', '**/bun.lock', '**/pyproject.toml',
    '**/requirements*.txt', '**/poetry.lock', '**/uv.lock', '**/Cargo.toml', '**/Cargo.lock', '**/go.mod', '**/go.sum', '**/Gemfile', '**/Gemfile.lock',
    '**/pom.xml', '**/build.gradle*', '**/composer.json', '**/composer.lock',
  ],
  public_api_shared_contract: ['**/openapi*.{yaml,yml,json}', '**/*.graphql', '**/*.d.ts'],
};

/** The patterns that show a trigger: the policy's own, else the built-in ones. */
export function triggerPatterns(policy: Policy): [trigger: string, patterns: string[]][] {
  return TRIGGERS.map((trigger) => [trigger, policy.triggers[trigger] ?? DEFAULT_TRIGGERS[trigger] ?? []]);
}
