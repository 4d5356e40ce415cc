import type { RepoPath } from '../paths.js';
import type { DocumentKind } from '../specs/format.js';
import type { Shape } from './shapes.js';

/** How the text of a file is read that cxw laid down. `of`: what its values must be like. */
export type Form =
  | { is: 'text' }
  | { is: 'ticket' }
  | { is: 'spec'; kind: DocumentKind }
  | { is: 'decision' }
  | { is: 'feature' }
  | { is: 'yaml' | 'front-matter' | 'toml' | 'json'; of?: Shape };

const SPEC_KINDS = ['requirements', 'design', 'tasks', 'delta'] as const satisfies readonly DocumentKind[];

const FORMS: readonly (readonly [where: RegExp, form: Form])[] = [
  [/^tickets\/templates\/[^/]+\.yaml$/, { is: 'ticket' }],
  ...SPEC_KINDS.map((kind) => [new RegExp(`^docs/specs/_templates/${kind}\\.md$`), { is: 'spec', kind }] as const),
  [/^docs\/decisions\/_template\.md$/, { is: 'decision' }],
  [/^docs\/progress\/_feature\.md$/, { is: 'feature' }],
  [/^\.codex\/agents\/[^/]+\.toml$/, { is: 'toml', of: 'codex-role' }],
  [/^\.codex\/config\.toml$/, { is: 'toml', of: 'codex-settings' }],
  [/^\.codex\/hooks\.json$/, { is: 'json', of: 'codex-hooks' }],
  [/^\.claude\/agents\/[^/]+\.md$/, { is: 'front-matter', of: 'claude-role' }],
  [/^\.(?:agents|claude)\/skills\/[^/]+\/SKILL\.md$/, { is: 'front-matter', of: 'skill' }],
  [/^\.github\/workflows\/[^/]+\.yml$/, { is: 'yaml', of: 'workflow' }],
  [/\.json$/, { is: 'json' }],
  [/\.ya?ml$/, { is: 'yaml' }],
  [/\.toml$/, { is: 'toml' }],
];

/** By where it lies: what a reader of it expects to find. */
export const formOf = (path: RepoPath): Form => FORMS.find(([where]) => where.test(path))?.[1] ?? { is: 'text' };
