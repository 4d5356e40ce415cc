import type { Ticket, TicketId } from '../ticket.js';

/** What binds a child because its parent says so. */
export interface Inherited {
  from: TicketId;
  forbidden: string[];
  decisions: { id: string; text: string }[];
  stop_conditions: string[];
}

/** Forbidden patterns, locked decisions and stop conditions of an orchestrator bind its children. */
export function inheritedFrom(parent: Ticket): Inherited | undefined {
  if (parent.class !== 'orchestrator') return undefined;
  return {
    from: parent.id,
    forbidden: parent.scope.forbidden ?? [],
    decisions: (parent.decisions?.locked ?? []).map(({ id, text }) => ({ id, text })),
    stop_conditions: parent.stop_conditions ?? [],
  };
}

/** The same as lines for whoever must keep to it. */
export function inheritedLines({ from, forbidden, decisions, stop_conditions: stops }: Inherited): string[] {
  const lines = [
    ...forbidden.map((pattern) => `- Do not touch what matches ${pattern}.`),
    ...decisions.map(({ id, text }) => `- ${id}: ${text}`),
    ...stops.map((text) => `- Stop and ask: ${text}`),
  ];
  return lines.length === 0 ? [] : [`From ${from}:`, ...lines];
}
