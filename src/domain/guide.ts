/** What `cxw guide` tells of, in the order in which one would read it. Each has a page in the package's folder `guide`. */
export const TOPICS = {
  'start': 'set up, one ticket from nothing to delivered, and the words',
  'quick-ticket': 'one small objective, at most three files',
  'standard-ticket': 'more than that: specs, plan, decisions, experts',
  'specs': 'what is to be built: requirements, design, tasks, drift',
  'decisions': 'records of what binds later work',
  'evidence': 'what opens each state, who says it, and when it goes stale',
  'reviews': 'verdicts, findings, repair rounds',
  'chains': 'a parent and its children, in order',
  'delivery': 'what is committed and pushed, and in which order',
  'recovery': 'interrupted, blocked, moved, damaged: the ways on, back and out',
  'agents': 'for agents, and for whoever leads them',
  'policy': 'where work may go, and how it is proved',
  'ci': 'checking it on another machine',
} as const;

export type Topic = keyof typeof TOPICS;

export const isTopic = (written: string): written is Topic => Object.hasOwn(TOPICS, written);
