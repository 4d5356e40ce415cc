import type * as z from 'zod';
import { expectTypeOf, expect, test } from 'vitest';
import { answerSchemas, type AnsweredCommand } from '../../src/domain/answers.js';
import type { VerifyData } from '../../src/domain/verification/report.js';
import { surface } from '../../src/cli/program.js';
import type { AbandonData } from '../../src/verbs/abandon.js';
import type { AbortData } from '../../src/verbs/abort.js';
import type { AdvanceData } from '../../src/verbs/advance.js';
import type { BlockData } from '../../src/verbs/block.js';
import type { BriefData } from '../../src/verbs/brief.js';
import type { Completion } from '../../src/verbs/completion.js';
import type { DeliverData } from '../../src/verbs/deliver.js';
import type { DoctorData } from '../../src/verbs/doctor.js';
import type { Guide } from '../../src/verbs/guide.js';
import type { InitData } from '../../src/verbs/init.js';
import type { LogData } from '../../src/verbs/log.js';
import type { RecordData } from '../../src/verbs/record.js';
import type { ReworkData } from '../../src/verbs/rework.js';
import type { StatusData } from '../../src/verbs/status.js';
import type { EscalateData } from '../../src/verbs/ticketEscalate.js';
import type { ListedTicket } from '../../src/verbs/ticketList.js';
import type { TicketNewData } from '../../src/verbs/ticketNew.js';
import type { TicketShowData } from '../../src/verbs/ticketShow.js';
import type { UninstallData } from '../../src/verbs/uninstall.js';
import type { UnlockData } from '../../src/verbs/unlock.js';
import type { ValidateData } from '../../src/verbs/validate.js';
import type { WaiveData } from '../../src/verbs/waive.js';

/** What a published schema lets through, as a type. */
type Published<C extends AnsweredCommand> = z.input<(typeof answerSchemas)[C]>;
/** Fields that a verb answers with and its schema does not know, at the first level; `never` when there are none. */
type Unpublished<C extends AnsweredCommand, D> = Exclude<keyof D, keyof Published<C>>;

test('what the verbs answer is what the schemas publish', () => {
  // Checked by the compiler: `npm run check` fails when a verb and its schema part.
  expectTypeOf<InitData>().toExtend<Published<'init'>>();
  expectTypeOf<UninstallData>().toExtend<Published<'uninstall'>>();
  expectTypeOf<TicketNewData>().toExtend<Published<'ticket new'>>();
  expectTypeOf<{ tickets: ListedTicket[] }>().toExtend<Published<'ticket list'>>();
  expectTypeOf<TicketShowData>().toExtend<Published<'ticket show'>>();
  expectTypeOf<EscalateData>().toExtend<Published<'ticket escalate'>>();
  expectTypeOf<ValidateData>().toExtend<Published<'validate'>>();
  expectTypeOf<StatusData>().toExtend<Published<'status'>>();
  expectTypeOf<BriefData>().toExtend<Published<'brief'>>();
  expectTypeOf<LogData>().toExtend<Published<'log'>>();
  expectTypeOf<AdvanceData>().toExtend<Published<'advance'>>();
  expectTypeOf<RecordData>().toExtend<Published<'record'>>();
  expectTypeOf<DeliverData>().toExtend<Published<'deliver'>>();
  expectTypeOf<VerifyData>().toExtend<Published<'verify'>>();
  expectTypeOf<ReworkData>().toExtend<Published<'rework'>>();
  expectTypeOf<BlockData>().toExtend<Published<'block'>>();
  expectTypeOf<AbortData>().toExtend<Published<'abort'>>();
  expectTypeOf<AbandonData>().toExtend<Published<'abandon'>>();
  expectTypeOf<WaiveData>().toExtend<Published<'waive'>>();
  expectTypeOf<DoctorData>().toExtend<Published<'doctor'>>();
  expectTypeOf<Guide>().toExtend<Published<'guide'>>();
  expectTypeOf<Completion>().toExtend<Published<'completion'>>();
  expectTypeOf<UnlockData>().toExtend<Published<'unlock'>>();

  expectTypeOf<Unpublished<'init', InitData> | Unpublished<'uninstall', UninstallData> | Unpublished<'ticket new', TicketNewData>
    | Unpublished<'ticket show', TicketShowData> | Unpublished<'ticket escalate', EscalateData> | Unpublished<'status', StatusData>
    | Unpublished<'validate', ValidateData> | Unpublished<'brief', BriefData> | Unpublished<'log', LogData> | Unpublished<'advance', AdvanceData> | Unpublished<'record', RecordData>
    | Unpublished<'deliver', DeliverData> | Unpublished<'verify', VerifyData> | Unpublished<'rework', ReworkData> | Unpublished<'block', BlockData>
    | Unpublished<'abort', AbortData> | Unpublished<'abandon', AbandonData> | Unpublished<'waive', WaiveData> | Unpublished<'unlock', UnlockData>>().toEqualTypeOf<never>();
});

test('every command has one', () => {
  const quiet = async (): Promise<void> => undefined;
  const program = surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet });
  const commands = program.commands.flatMap((command) => (command.commands.length === 0 ? [command.name()] : command.commands.map((child) => `${command.name()} ${child.name()}`)));
  expect(commands.filter((command) => !(command in answerSchemas))).toEqual([]);
  expect(Object.keys(answerSchemas).filter((command) => !commands.includes(command))).toEqual(['help', 'version']);
});
