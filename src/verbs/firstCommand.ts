import { NEW_TICKET } from '../domain/newTicketCommand.js';
import { POLICY_PATH } from '../domain/ownFiles.js';
import { ownPath } from '../domain/paths.js';
import type { World } from '../world/index.js';

/** What to do where there is no ticket yet: write one, once cxw is set up. */
export const firstCommand = async ({ files }: Pick<World, 'files'>): Promise<string> =>
  (await files.kind(ownPath(POLICY_PATH)) === 'absent' ? 'cxw init' : NEW_TICKET);
