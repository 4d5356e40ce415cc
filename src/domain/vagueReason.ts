/** Words with which nobody gives a reason. */
const VAGUE = /^(n\/?a|none|no(ne)? (needed|required|reason|spec)|no spec (is )?(needed|required|necessary)|not? (needed|required|necessary|applicable)|todo|tbd|later|trivial|simple|small( change)?|obvious|quick|because|fixme|reason|x+|[-.?]*)[.!]?$/i;

/** Whether these words only say that there is a reason. */
export const isVagueReason = (reason: string): boolean => VAGUE.test(reason) || reason.split(/\s+/).length < 3;
