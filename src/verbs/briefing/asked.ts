import { showActor } from '../../domain/actors.js';
import type { BriefPart } from '../../domain/brief.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { answerOf } from '../../domain/experts/gate.js';
import { dueExperts, type DueExpert } from '../../domain/experts/routing.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { isExpert, type BriefRole } from '../../domain/roles.js';
import { isOutdated, type ExpertAnswer, type Run } from '../../domain/run.js';
import { touchedPaths } from '../../domain/touched.js';
import { part } from './told.js';

/** Which experts the work calls, and what they said; for an expert, why they are asked. */
export function expertParts(run: Run, role: BriefRole, change: ChangeSet | undefined): BriefPart[] {
  if (run.lock === undefined) return [];
  const { ticket, policy } = run.lock;
  const paths: RepoPath[] = [...touchedPaths(run, ticket.content), ...(change?.entries ?? []).map((entry) => entry.path)];
  const due = dueExperts(ticket.content, [...new Set(paths)], policy.content);
  if (isExpert(role)) return [part('Why you are asked', [reasonOf(due.find(({ profile }) => profile === role))], 97, true)];
  return [...duePart(run, due, change), ...answersPart(run)];
}

const reasonOf = (due: DueExpert | undefined): string => due?.why ?? 'No path and no trigger shows it: somebody wanted to know.';

function duePart(run: Run, due: readonly DueExpert[], change: ChangeSet | undefined): BriefPart[] {
  const lines = due.map(({ profile, why, demanded }) => {
    const answer = change && answerOf(run, profile, change.digest);
    const wanted = demanded ? 'the ticket demands it' : 'worth asking';
    const said = answer !== undefined && isOutdated(run, answer) ? `answered before a refresh; ${wanted}` : 'answered';
    return `- ${profile} (${answer === undefined ? wanted : said}): ${why}`;
  });
  const how = `Each is briefed by \`cxw brief PROFILE ${run.ticket}\`, in a session that wrote none of it. Ask no other.`;
  return lines.length === 0 ? [] : [part('Experts that this work calls', [...lines.flatMap((line) => line.split('\n')), how], 88)];
}

function answersPart({ experts }: Run): BriefPart[] {
  const lines = experts.flatMap(answerLines).flatMap((line) => line.split('\n'));
  return lines.length === 0 ? [] : [part('What experts answered', lines, 87, true)];
}

function answerLines({ by, document }: ExpertAnswer): string[] {
  return [
    `- ${document.profile} (${showActor(by)}), asked because ${document.trigger}`,
    ...document.findings.map((finding) => `  ${finding.severity}${finding.path === undefined ? '' : ` ${showPath(finding.path)}`}: ${finding.actual}${finding.repair === undefined ? '' : ` Repair: ${finding.repair}`}`),
    `  required proof: ${document.required_proof}`,
    `  next action: ${document.bounded_next_action}`,
  ];
}
