import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SHELLS, type Shell } from '../domain/completion/shells.js';
import type { Outcome } from '../domain/outcome.js';
import { PACK_WISHES } from '../domain/packs.js';
import type { RepoPath } from '../domain/paths.js';
import type { DeliveryMode } from '../domain/policy.js';
import { VERSION } from '../domain/version.js';
import type { Beginning } from '../world/beginning.js';
import type { World } from '../world/index.js';
import type { Shape } from './spread.js';

/** Options that every command takes, and `format`, which decides how an answer is shown. */
export interface Asked {
  json?: boolean;
  color?: boolean;
  as?: string;
  directory?: string;
  yes?: boolean;
  input?: boolean;
  format?: 'text' | 'github' | 'sarif';
}

/** How the surface runs things. It knows nothing of streams, worlds and exit codes. */
export interface Runner {
  asked(options: Asked): void;
  /** Text that the parser prints by itself. */
  printed(text: string): void;
  /** The width of the terminal that it is printed to. */
  columns?(): number | undefined;
  /** Runs a command that needs no repository. */
  alone(verb: (start: Beginning) => Promise<Outcome>): Promise<void>;
  /**
   * Runs a command in the repository around the reader. What it needs is loaded while git is looking for that; and, where
   * it begins with looking, without a lock to wait for, while git looks at the worktree too, or at all that is set up.
   */
  inWorld<V>(load: () => Promise<V>, run: (verb: V, world: World, reader: Reader) => Promise<Outcome>, begins?: Beginnings): Promise<void>;
}

/** What a command does before anything else. */
export type Beginnings = 'looking' | 'setting up';

/** Who speaks, as they wrote it, and where in the repository they stand; absent at its root. */
export interface Reader {
  as?: string;
  standing?: RepoPath;
  /** A path that they wrote as seen from there, or from anywhere, as it is from the root. */
  fromRoot(written: string): string;
  /** What another world would be opened with. */
  env: Record<string, string | undefined>;
  signal: AbortSignal;
}

/**
 * The whole command line on one page. Each action is one expression, and loads what it needs when it runs. Of commands
 * that are not meant, only the name and the description are set up: describing them all takes longer than most of them.
 */
export function surface({ asked, printed, columns, alone, inWorld }: Runner, isMeant: (name: string) => boolean = () => true): Command {
  const command = (parent: Command, name: string, description: string, describe: (it: Command) => Command): Command => {
    const it = parent.command(name).description(description);
    return isMeant(name) ? describe(it) : it;
  };
  const program = new Command('cxw')
    .description("Decides whether a coding agent's work is done: it observes, it does not believe.")
    .exitOverride()
    .configureOutput({ writeOut: printed, writeErr: () => undefined, getOutHelpWidth: () => columns?.() ?? 80, getOutHasColors: () => false })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'print exactly one JSON document')
    .option('--color', 'colour, whatever the stream')
    .option('--no-color', 'no colour')
    .option('--as <role:name>', 'who is speaking (else CXW_ACTOR, else the git user)')
    .option('-C, --directory <dir>', 'run as if started there')
    .option('-y, --yes', 'for scripts: nothing is ever asked, with or without it')
    .option('--no-input', 'the same')
    .hook('preAction', (_, command) => asked(askedOf(command)));

  program.commandsGroup('Begin:');
  command(program, 'init', 'set cxw up in this repository; never overwrites an edit, commits nothing', (it) => it
    .option('-n, --dry-run', 'show the plan, and write nothing')
    .option('--branch <pattern>', 'the branches that may be delivered to')
    .option('--remote <name>', 'the remote that is delivered to')
    .addOption(new Option('--delivery <mode>', 'how far a delivery goes').choices(['none', 'commit', 'commit-push']))
    .option('--prove <command>', 'the command that proves work here')
    .addOption(new Option('--with <pack...>', 'a pack of files beside the core (repeatable)').choices(PACK_WISHES))
    .action(({ dryRun = false, with: packs = [], ...wishes }: Flags<'dryRun'> & Lists<'with'> & Texts<'branch' | 'remote' | 'prove'> & { delivery?: DeliveryMode }) =>
      inWorld(() => import('../verbs/init.js'), ({ init }, world) => init(world, { ...wishes, dryRun, packs }), 'setting up')));
  command(program, 'doctor', 'whether machine and repository are fit; tries every kind of gate with a planted violation', (it) => it
    .option('--offline', 'do not ask the remote')
    .action(({ offline = false }: Flags<'offline'>) =>
      inWorld(() => import('../verbs/doctor.js'), async ({ doctor }, world, { env, signal }) => doctor(world, {
        offline,
        machine: (await import('../world/machine.js')).openMachine(world.places, env),
        trial: async (files) => (await import('../world/trial.js')).openTrial(world.places, { env, signal }, files),
      }))));
  command(program, 'upgrade', 'bring what init laid down up to date; your edits stay, nothing is committed', (it) => it
    .option('-n, --dry-run', 'show the plan, and write nothing')
    .option('--check', 'only say whether there is something to upgrade')
    .action(({ dryRun = false, check = false }: Flags<'dryRun' | 'check'>) =>
      inWorld(() => import('../verbs/upgrade.js'), ({ upgrade }, world) => upgrade(world, { dryRun, check }))));
  command(program, 'uninstall', 'take away what init laid down and nobody edited', (it) => it
    .option('-n, --dry-run', 'show the plan, and remove nothing')
    .option('--purge', 'the live state too: ledgers, safety copies')
    .action(({ dryRun = false, purge = false }: Flags<'dryRun' | 'purge'>) =>
      inWorld(() => import('../verbs/uninstall.js'), async ({ uninstall }, world) => uninstall(world, { dryRun, purge, inDelivery: await (await import('../verbs/deliveriesBegun.js')).deliveriesBegun(world) }))));
  const ticket = command(program, 'ticket', 'write and read tickets', (it) => it);
  command(ticket, 'new', 'write a ticket; one with --file is quick', (it) => it.argument('<title>')
    .option('--quick', 'one small, bounded objective: at most three files')
    .option('--file <path>', 'an exact file of a quick ticket (repeatable)', collect)
    .option('--allow <glob>', 'a pattern of a larger ticket (repeatable)', collect)
    .option('--orchestrator', 'a parent: its children do the work')
    .option('--parent <ticket>', 'the parent whose child it is; that names it, too')
    .option('--stage <stage>', 'the stage of the parent that it belongs to')
    .option('--after <ticket>', 'a ticket that must be done before (repeatable)', collect)
    .option('--final-verifier <name>', 'whose review closes the parent')
    .option('-n, --dry-run', 'show the ticket, and write nothing')
    .option('--accept <text>', 'what must hold when it is done (repeatable)', collect)
    .option('--prove <command>', 'a command that shows it (repeatable)', collect)
    .option('--plan <text>', 'a step (repeatable)', collect)
    .option('--kind <kind>', 'bugfix, feature, documentation, …')
    .option('--id <id>', 'an id of your own')
    .option('--why <text>', 'why it is quick, or why it needs no spec')
    .option('--spec <folder>', 'the folder of the spec that it carries out')
    .option('--intensity <intensity>', 'standard_worker, expert_supported, bounded_expert_rounds or research_only')
    .option('--max-iterations <number>', 'how many repair rounds at most')
    .option('--steering <path>', 'guidance to read first (repeatable)', collect)
    .option('--expert <text>', '[PROFILE: why] an expert who must look at it (repeatable)', collect)
    .option('--open-decision <text>', 'a question that stops the writer until it is decided (repeatable)', collect)
    .action((title: string, { quick = false, file = [], allow = [], accept = [], prove = [], plan = [], spec: carried, steering, ...said }: NewOptions) =>
      inWorld(() => import('../verbs/ticketNew.js'), ({ ticketNew }, world, { standing, fromRoot }) => ticketNew(world, { title, quick, files: file.map(fromRoot), allow: allow.map(fromRoot), accept, prove, plan, spec: carried && fromRoot(carried), steering: steering?.map(fromRoot), ...said, standing }))));
  command(ticket, 'list', 'every ticket of this repository', (it) => it
    .action(() => inWorld(() => import('../verbs/ticketList.js'), ({ ticketList }, world) => ticketList(world))));
  command(ticket, 'show', 'one ticket, its class and what was found about it', (it) => it.argument('<ticket>')
    .action((named: string) => inWorld(() => import('../verbs/ticketShow.js'), ({ ticketShow }, world) => ticketShow(world, { ticket: named }))));
  command(ticket, 'import', 'take over tickets of the old template; says what of them did not come along', (it) => it.argument('<file...>')
    .option('--prove <command>', 'a command that shows that they are done (repeatable)', collect)
    .option('-n, --dry-run', 'show what would be written, and write nothing')
    .action((files: string[], { prove = [], dryRun = false }: Lists<'prove'> & Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/ticketImport.js'), ({ ticketImport }, world) => ticketImport(world, { files, prove, dryRun }))));
  command(ticket, 'escalate', 'make a quick ticket a standard one; the difference is shown', (it) => it.argument('[ticket]')
    .option('--spec <folder>', 'the spec that it carries out')
    .option('--why <text>', 'why it needs none', saying)
    .option('-n, --dry-run', 'show the difference, and write nothing')
    .action((named: string | undefined, { spec, why, dryRun = false }: Texts<'spec' | 'why'> & Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/ticketEscalate.js'), ({ ticketEscalate }, world, { as, fromRoot }) => ticketEscalate(world, { ticket: named, spec: spec && fromRoot(spec), why, as, dryRun }))));
  const spec = command(program, 'spec', 'write and follow specs', (it) => it);
  command(spec, 'new', 'a spec from the templates: requirements, design, tasks; or with --change a delta to one', (it) => it.argument('[name]')
    .option('--title <text>', 'what it is about (else its name)')
    .option('--ticket <ticket>', 'the ticket that carries it out')
    .option('--change <id>', 'a change to a spec that is there')
    .option('--spec <name>', 'the spec that it changes')
    .action((name: string | undefined, { title, ticket: carrier, change, spec: changed }: Texts<'title' | 'ticket' | 'change' | 'spec'>) => (change === undefined
      ? inWorld(() => import('../verbs/specNew.js'), ({ specNew }, world) => specNew(world, { name: name ?? '', title, ticket: carrier }))
      : inWorld(() => import('../verbs/specChange.js'), ({ specChange }, world) => specChange(world, { name: change, title, ticket: carrier, spec: changed ?? name })))));
  command(spec, 'apply', 'write an accepted change into its spec, all of it or nothing, and archive it', (it) => it.argument('<change>')
    .option('-n, --dry-run', 'show the difference, and write nothing')
    .action((change: string, { dryRun = false }: Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/specApply.js'), ({ specApply }, world) => specApply(world, { change, dryRun }))));
  command(spec, 'list', 'every spec, and the changes to them that are on their way', (it) => it
    .action(() => inWorld(() => import('../verbs/specList.js'), ({ specList }, world) => specList(world))));
  command(spec, 'drift', 'whether specs still tell the truth: proofs, deltas, the public surface', (it) => it.argument('[name]')
    .option('--ticket <ticket>', 'only the specs of this ticket, and its change')
    .action((name: string | undefined, { ticket: carrier }: Texts<'ticket'>) =>
      inWorld(() => import('../verbs/specDrift.js'), ({ specDrift }, world) => specDrift(world, { name, ticket: carrier }))));
  command(spec, 'trace', 'from each requirement to design, tasks, tickets, proofs and commits', (it) => it.argument('[name]')
    .action((name: string | undefined) => inWorld(() => import('../verbs/specTrace.js'), ({ specTrace }, world) => specTrace(world, { name }))));

  const adr = command(program, 'adr', 'write and read decision records', (it) => it);
  command(adr, 'new', 'write a decision record under the next number', (it) => it.argument('<title>')
    .option('--tag <tag>', 'what work it binds (repeatable); none means all of it', collect)
    .addOption(new Option('--status <status>').choices(['Draft', 'Accepted']))
    .option('--origin <text>', 'the ticket, spec or conversation that raised it')
    .option('-n, --dry-run', 'show what would be written')
    .action((title: string, { tag = [], status, origin, dryRun = false }: AdrOptions) =>
      inWorld(() => import('../verbs/adr/new.js'), ({ adrNew }, world) => adrNew(world, { title, tags: tag, status, origin, dryRun }))));
  command(adr, 'supersede', 'write the record that takes the place of another; each links to the other', (it) => it.argument('<number>').argument('<title>')
    .option('--tag <tag>', 'what work it binds (repeatable); none means what the other bound', collect)
    .addOption(new Option('--status <status>').choices(['Draft', 'Accepted']))
    .option('--origin <text>', 'the ticket, spec or conversation that raised it')
    .option('-n, --dry-run', 'show what would be written')
    .action((number: string, title: string, { tag = [], status, origin, dryRun = false }: AdrOptions) =>
      inWorld(() => import('../verbs/adr/new.js'), ({ adrSupersede }, world) => adrSupersede(world, { number, title, tags: tag, status, origin, dryRun }))));
  command(adr, 'accept', 'make a draft binding', (it) => it.argument('<number>')
    .option('-n, --dry-run', 'show what would be written')
    .action((number: string, { dryRun = false }: Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/adr/status.js'), ({ adrAccept }, world) => adrAccept(world, { number, dryRun }))));
  command(adr, 'deprecate', 'say that a record holds no more, and that nothing took its place', (it) => it.argument('<number>')
    .option('-n, --dry-run', 'show what would be written')
    .action((number: string, { dryRun = false }: Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/adr/status.js'), ({ adrDeprecate }, world) => adrDeprecate(world, { number, dryRun }))));
  command(adr, 'list', 'every decision record', (it) => it
    .option('--tag <tag>', 'only accepted ones that bind such work (repeatable)', collect)
    .action(({ tag = [] }: Lists<'tag'>) => inWorld(() => import('../verbs/adr/list.js'), ({ adrList }, world) => adrList(world, { tags: tag }))));
  command(adr, 'index', 'make the index say what the records say', (it) => it
    .option('-n, --dry-run', 'show the difference, and write nothing')
    .action(({ dryRun = false }: Flags<'dryRun'>) => inWorld(() => import('../verbs/adr/index.js'), ({ adrIndex }, world) => adrIndex(world, { dryRun }))));

  const review = command(program, 'review', 'write reviews out of the ledger, and work off their points', (it) => it);
  command(review, 'write', 'write docs/review/TICKET.md: files, proofs and findings as they are, and your words', (it) => it.argument('[ticket]')
    .option('--from <file>', 'your words, as YAML (cxw schema review-words), or - for standard input')
    .option('--replace', 'write over a review that says something else')
    .option('-n, --dry-run', 'show it, and write nothing')
    .action((ticket: string | undefined, { from, replace = false, dryRun = false }: Flags<'replace' | 'dryRun'> & Texts<'from'>) =>
      inWorld(() => import('../verbs/review/write.js'), ({ reviewWrite }, world) => reviewWrite(world, { ticket, from, replace, dryRun }))));

  command(review, 'fix', "class a reader's points as architecture, logic or style, and say what becomes of each", (it) => it.argument('[ticket]')
    .requiredOption('--points <file>', 'the points, as YAML (cxw schema review-points), or - for standard input')
    .action((ticket: string | undefined, { points }: { points: string }) =>
      inWorld(() => import('../verbs/review/fix.js'), ({ reviewFix }, world) => reviewFix(world, { ticket, points }))));
  command(program, 'learn', 'keep what a ticket taught, with date and source, for later sessions', (it) => it.argument('[ticket]')
    .option('--pattern <text>', 'what worked and is worth doing again (repeatable)', collect)
    .option('--mistake <text>', 'what went wrong, and how not to do it again (repeatable)', collect)
    .option('--quality-bar <text>', 'what is asked of work from now on (repeatable)', collect)
    .option('--source <text>', 'where it comes from, where that is no ticket')
    .option('--worth', 'only say whether planning, reviewing and learning apart pays for this ticket')
    .action((ticket: string | undefined, { pattern = [], mistake = [], qualityBar = [], source, worth = false }: Lists<'pattern' | 'mistake' | 'qualityBar'> & Texts<'source'> & Flags<'worth'>) =>
      inWorld(() => import('../verbs/learn.js'), ({ learn, weigh }, world) => (worth ? weigh(world, { ticket }) : learn(world, { ticket, source, said: { pattern, mistake, 'quality-bar': qualityBar } })))));
  const progress = command(program, 'progress', 'what is in progress, and what was completed', (it) => it);
  command(progress, 'update', 'bring docs/progress up to date with the ledgers', (it) => it
    .option('-n, --dry-run', 'say what would change, and write nothing')
    .action(({ dryRun = false }: Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/progress/update.js'), ({ progressUpdate }, world) => progressUpdate(world, { dryRun }))));

  program.commandsGroup('Look:');
  command(program, 'status', 'where a ticket stands, and why it does not move', (it) => it.argument('[ticket]')
    .option('--all', 'every ticket here')
    .action((ticket: string | undefined, { all = false }: { all?: boolean }) =>
      inWorld(() => import('../verbs/status.js'), ({ status }, world) => status(world, { ticket, all }), 'looking')));
  command(program, 'validate', 'tickets, specs, policy, records, ledgers, decisions and links: everything that is wrong, with its place', (it) => it.argument('[path...]', 'documents or folders; none means everything')
    .addOption(new Option('--format <format>', 'github: annotations for a workflow; sarif: one document for services that show problems').choices(['text', 'github', 'sarif']))
    .option('--no-cache', 'read every document, also those that were found valid and did not change')
    .action((paths: string[], { cache }: { cache: boolean }) =>
      inWorld(() => import('../verbs/validate.js'), ({ validate }, world, { standing, fromRoot }) => validate(world, { paths: paths.map(fromRoot), standing, anew: !cache }))));
  command(program, 'brief', 'everything that a fresh session needs for its role', (it) => it.argument('[role]', 'planner, writer, reviewer, curator, … (a wrong one lists them all); none: whose turn it is').argument('[ticket]')
    .option('--start <entry>', 'instead, the words that begin a session: quick-dev, single-ticket, package, … (a wrong one lists them all)')
    .action((role: string | undefined, ticket: string | undefined, { start: entry }: Texts<'start'>) => (entry === undefined
      ? inWorld(() => import('../verbs/brief.js'), ({ brief }, world) => brief(world, [role, ticket]))
      : inWorld(() => import('../verbs/start.js'), ({ start }, world) => start(world, entry)))));

  command(program, 'log', 'what happened to a ticket, fact by fact', (it) => it.argument('[ticket]')
    .action((named: string | undefined) => inWorld(() => import('../verbs/log.js'), ({ log }, world) => log(world, { ticket: named }))));

  program.commandsGroup('Move a ticket along its road:');
  command(program, 'advance', 'one state further, where its evidence is in the ledger and fresh', (it) => it.argument('[ticket]')
    .option('--until-blocked', 'as far as the evidence reaches')
    .option('-n, --dry-run', 'decide, and write nothing')
    .option('--adopt', 'take over what was dirty in scope before')
    .option('--mine <path>', 'work of your own outside scope (repeatable; a person only)', collect)
    .action((ticket: string | undefined, { untilBlocked = false, dryRun = false, adopt = false, mine = [] }: Flags<'untilBlocked' | 'dryRun' | 'adopt'> & Lists<'mine'>) =>
      inWorld(() => import('../verbs/advance.js'), ({ advance }, world, { as, fromRoot }) => advance(world, { ticket, as, untilBlocked, dryRun, adopt, mine: mine.map(fromRoot) }))));
  command(program, 'record', 'attested evidence: a document, or flags for the short case', (it) => nothingDropped(it.addArgument(new Argument('<kind>').choices(['plan', 'changes', 'self-review', 'expert', 'review', 'curation', 'handoff', 'blocker', 'blocker-decision'])).argument('[ticket]')
    .option('--file <file>', 'the document, or - for standard input')
    .addOption(new Option('--verdict <verdict>').choices(['pass', 'fail']))
    .option('--change-set <digest>', 'the digest of the change that was read')
    .option('--summary <text>', 'the verdict in words')
    .option('--finding <text>', '[F1] [blocking|major|minor|note] [PATH:] what is wrong (repeatable)', collect)
    .option('--clears <id>', 'a finding that this change repairs (repeatable)', collect)
    .option('--inspected <proof>', 'an inspection that was carried out (repeatable)', collect)
    .option('--memory <path>', 'a memory file that was updated, or none (repeatable)', collect)
    .addOption(new Option('--spec-drift <verdict>', 'your own verdict on spec drift; never better than what is worked out').choices(['pass', 'pass_with_risk', 'fail']))
    .action((kind: RecordKind, ticket: string | undefined, { file, finding: findings, ...fields }: RecordOptions) =>
      inWorld(() => import('../verbs/record.js'), ({ record }, world, { as, fromRoot }) => record(world, { kind, ticket, as, file, fields: { ...fields, memory: fields.memory?.map(fromRoot), findings } })))));

  command(program, 'deliver', "commit exactly the ticket's paths, push, and ask the remote; goes on where it was cut short", (it) => it.argument('[ticket]')
    .option('-n, --dry-run', 'show what would be delivered, and write nothing')
    .action((named: string | undefined, { dryRun = false }: Flags<'dryRun'>) =>
      inWorld(() => import('../verbs/deliverTicket.js'), ({ deliverTicket }, world, { as }) => deliverTicket(world, { ticket: named, as, dryRun }))));
  command(program, 'verify', 'check delivered work, from nothing but a clone', (it) => it.argument('[what]', 'a ticket, a commit or a range')
    .option('--rerun', 'run the proofs again, on an export of the commit')
    .option('--delivered', 'demand that the remote contains the commit')
    .option('--expect <digest>', 'the seal that is expected')
    .action((what: string | undefined, { rerun = false, delivered = false, expect }: Flags<'rerun' | 'delivered'> & Texts<'expect'>) =>
      inWorld(() => import('../verbs/verify.js'), ({ verify }, world) => verify(world, { what, rerun, delivered, expect }))));

  program.commandsGroup('Ways on, back and out:');
  command(program, 'rework', 'back to the writer; after a failed review, a repair round', (it) => it.argument('[ticket]')
    .option('--refresh', 'back to the beginning, on ticket, policy and base as they are now')
    .option('--reason <text>', 'why', saying)
    .action((ticket: string | undefined, { refresh = false, reason }: Flags<'refresh'> & Texts<'reason'>) =>
      inWorld(() => import('../verbs/rework.js'), ({ rework }, world, { as }) => rework(world, { ticket, as, refresh, reason }))));
  command(program, 'block', 'hold a ticket that cannot go on', (it) => it.argument('[ticket]')
    .requiredOption('--reason <text>', 'why it cannot go on', saying)
    .requiredOption('--release <text>', 'what would release it', saying)
    .action((ticket: string | undefined, { reason, release }: { reason: string; release: string }) =>
      inWorld(() => import('../verbs/block.js'), ({ block }, world, { as }) => block(world, { ticket, as, reason, release }))));
  command(program, 'unblock', 'release a blocked ticket, or grant one more repair round', (it) => it.argument('[ticket]')
    .addOption(new Option('--rounds <number>', 'repair rounds to grant').choices(['0', '1']).default('0'))
    .option('--reason <text>', 'why', saying)
    .action((ticket: string | undefined, { rounds, reason }: { rounds: '0' | '1' } & Texts<'reason'>) =>
      inWorld(() => import('../verbs/block.js'), ({ unblock }, world, { as }) => unblock(world, { ticket, as, reason, rounds: rounds === '1' ? 1 : 0 }))));
  command(program, 'abort', 'undo a delivery that is not on the remote; the worktree is not touched', (it) => it.argument('[ticket]')
    .action((named: string | undefined) => inWorld(() => import('../verbs/deliverTicket.js'), ({ abortTicket }, world, { as }) => abortTicket(world, { ticket: named, as }))));
  command(program, 'abandon', 'end a ticket without a delivery; its changes stay where they are', (it) => it.argument('[ticket]')
    .option('--no-change', 'it needed nothing')
    .requiredOption('--reason <text>', 'why', saying)
    .action((ticket: string | undefined, { change, reason }: { change: boolean; reason: string }) =>
      inWorld(() => import('../verbs/abandon.js'), ({ abandon }, world, { as }) => abandon(world, { ticket, as, reason, noChange: !change }))));
  command(program, 'waive', 'go on without evidence; it shows for ever (a person at a terminal only)', (it) => it.argument('<what>', 'a state, or proof:P1').argument('[ticket]')
    .requiredOption('--reason <text>', 'why', saying)
    .action((what: string, ticket: string | undefined, { reason }: { reason: string }) =>
      inWorld(() => import('../verbs/waive.js'), ({ waive }, world, { as }) => waive(world, { what, ticket, as, reason }))));
  command(program, 'unlock', "clear the lock of a run on another machine, and set aside the worktree's ledger where it is damaged (a person only)", (it) => it
    .action(() => inWorld(() => import('../verbs/unlock.js'), ({ unlock }, world, { as }) => unlock(world, { as }))));

  program.commandsGroup('Learn:').helpCommand('help [command]', 'the help of a command, with examples');
  command(program, 'guide', 'how work goes here, topic by topic; without one, all of them', (it) => it.argument('[topic]')
    .action((topic?: string) => alone(async () => (await import('../verbs/guide.js')).guide((await import('../world/assets.js')).openAssets(), topic))));
  command(program, 'explain', 'what a code means, and what clears it; without a code, all of them', (it) => it.argument('[code]')
    .action((code?: string) => alone(async () => (await import('../verbs/explain.js')).explain(code))));
  command(program, 'schema', 'the JSON Schema of a document or an answer; without a name, all of them', (it) => it.argument('[name]')
    .action((name?: string) => alone(async () => (await import('../verbs/schema.js')).schema(name))));

  command(program, 'completion', 'the script by which a shell completes these commands', (it) => it
    .addArgument(new Argument('<shell>').choices(SHELLS)).argument('[word...]', 'after --, the words of a line: tells what may stand last')
    .action((shell: Shell, words: string[]) => alone(async (start) => (await import('./complete.js')).complete(surface(UNUSED), shell, words, start))));

  return program;
}

/** For whoever only wants to know what there is. */
const UNUSED: Runner = { asked: () => undefined, printed: () => undefined, alone: async () => undefined, inWorld: async () => undefined };

type RecordKind = 'plan' | 'changes' | 'self-review' | 'expert' | 'review' | 'curation' | 'handoff' | 'blocker' | 'blocker-decision';
type Flags<K extends string> = { [F in K]?: boolean };
type Texts<K extends string> = { [T in K]?: string };
type Lists<K extends string> = { [L in K]?: string[] };
type NewOptions = Flags<'quick' | 'orchestrator' | 'dryRun'> & Lists<'after' | 'file' | 'allow' | 'accept' | 'prove' | 'plan' | 'steering' | 'expert' | 'openDecision'> & Texts<'kind' | 'id' | 'why' | 'spec' | 'intensity' | 'maxIterations' | 'parent' | 'stage' | 'finalVerifier'>;
type AdrOptions = Flags<'dryRun'> & Lists<'tag'> & Texts<'origin'> & { status?: 'Draft' | 'Accepted' };
type RecordOptions = Texts<'file' | 'verdict' | 'changeSet' | 'summary' | 'specDrift'> & Lists<'finding' | 'clears' | 'inspected' | 'memory'>;

const MOST_WORDS = 4_000;

/** Words that are kept for ever, so there must be some, and not a book of them. */
function saying(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must say something.');
  if (value.length > MOST_WORDS) throw new InvalidArgumentError(`It is longer than ${MOST_WORDS} characters.`);
  return value;
}

/** The values of an option that may be given again and again. */
const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** What is attested is taken as it was said, all of it: no value takes the place of another, and none stands beside the file that is the whole document. */
function nothingDropped(it: Command): Command {
  const given = new Set<Option>();
  for (const option of it.options) {
    it.on(`option:${option.name()}`, () => {
      if (given.has(option) && option.parseArg !== collect) it.error(`error: option '${option.flags}' is given twice, and only one of the two could count`);
      given.add(option);
    });
  }
  return it.hook('preAction', () => {
    const [files, beside] = [[...given].filter(({ long }) => long === '--file'), [...given].flatMap(({ long }) => (long === '--file' ? [] : [long]))];
    if (files.length > 0 && beside.length > 0) it.error(`error: --file gives the whole document, so ${beside.join(', ')} beside it would be dropped: say that in the file (cxw schema record-${it.args[0]} shows where), or leave --file out`);
  });
}

function askedOf(command: Command): Asked {
  const options = command.optsWithGlobals<Asked>();
  if (options.json === true && options.format !== undefined) command.error("error: options '--json' and '--format' cannot be used together");
  return options;
}

/** Which commands a line may mean: those that it names; where help is asked for, all of them. */
export function meantBy(argv: readonly string[]): (name: string) => boolean {
  const listed = argv.some((word) => /^(--help|-[a-z]*h[a-z]*|help)$/i.test(word));
  return (name) => listed || argv.includes(name);
}

/** The command that these words mean, as `ticket new` (empty when they name none), and the shape of its line. */
export function commandMeant(program: Command, argv: readonly string[]): { command: string; shape: Shape } {
  const path = pathMeant(program, argv);
  const options = path.flatMap((command) => command.options).flatMap((option) => {
    const kind = option.parseArg === collect ? 'list' : option.required ? 'value' : 'flag';
    return [option.long, option.short].filter((flag) => flag != null).map((flag) => [flag, kind] as const);
  });
  return {
    command: path.slice(1).map((command) => command.name()).join(' '),
    shape: { words: path.length - 1 + path.at(-1)!.registeredArguments.length, options: new Map(options) },
  };
}

/** The commands that these words name one below the other, from the program on. */
function pathMeant(program: Command, argv: readonly string[]): Command[] {
  const path = [program];
  for (const word of argv) {
    const named = path.at(-1)!.commands.find((command) => command.name() === word);
    if (named !== undefined) path.push(named);
  }
  return path;
}

/** Of a line that was parsed and came to no command: the word that stands where one would be named, and names none. */
export function wordForNone(program: Command, argv: readonly string[]): string | undefined {
  const path = pathMeant(program, argv);
  if (path.at(-1)!.commands.length === 0) return undefined;
  const understood = ['help', ...path.map((command) => command.name())];
  return path.flatMap((command) => command.args).find((word) => !word.startsWith('-') && !understood.includes(word));
}

/** How parsing ended when it came to no command. `bare`: the command needs one of its subcommands. */
export type ParsingEnd = { kind: 'help' } | { kind: 'version' } | { kind: 'bare' } | { kind: 'misuse'; said: string };

export function parsingEnd(error: unknown): ParsingEnd | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.code === 'commander.version') return { kind: 'version' };
  if (error.code === 'commander.helpDisplayed' || (error.code === 'commander.help' && error.exitCode === 0)) return { kind: 'help' };
  if (error.code === 'commander.help') return { kind: 'bare' };
  return { kind: 'misuse', said: error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ').replace(/(argument '[^]{60})[^]+(' is invalid)/, '$1…$2') };
}
