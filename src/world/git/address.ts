import type { Settings } from '../../domain/gitSettings.js';

/** How git is told to go to one URL: by the name of a remote that these settings make for the one call. */
export interface Address {
  name: string;
  config: readonly string[];
}

/**
 * A URL as a remote of its own, with what the configuration says of the way to the remote that it belongs to. By its bare
 * text git would go another way than a push by the remote's name: a text that is the name of a remote means that remote,
 * and what is set for the way there is left out. By the remote's own name it would go to the URL that is fetched from.
 */
export function addressOf(url: string, remote: string, settings: Settings): Address {
  const way = settings.flatMap(({ key, value }) => {
    const variable = key.startsWith(`remote.${remote}.`) ? key.slice(`remote.${remote}.`.length) : '';
    return WAY.has(variable) ? [value === undefined ? `remote.${OWN_NAME}.${variable}` : `remote.${OWN_NAME}.${variable}=${value}`] : [];
  });
  return { name: OWN_NAME, config: [`remote.${OWN_NAME}.url=${url}`, ...way] };
}

/** The same for a URL of which only its rewriting is asked. */
export const addressAlone = (url: string): Address => addressOf(url, '', []);

/** No remote has this name, nor can one be given it in time. It is no secret, and `node:crypto` is dear to load. */
const OWN_NAME = `cxw-${Math.random().toString(36).slice(2)}`;

/** What git reads of a remote for the way there, beside its URLs: what is compared with what was agreed to. A push has `receivepack` in place of `uploadpack`. */
const WAY: ReadonlySet<string> = new Set(['uploadpack', 'proxy', 'proxyauthmethod']);
