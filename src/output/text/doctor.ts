import type { Check, DoctorData } from '../../verbs/doctor.js';
import { visible } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

const TITLES: Record<Check['kind'], string> = { machine: 'Machine', repository: 'Repository', gate: 'Gates, each tried with a planted violation' };

export const doctorText: TextMaker<DoctorData> = ({ checks }, view) =>
  (Object.keys(TITLES) as Check['kind'][]).flatMap((kind) => [view.paint.strong(TITLES[kind]), ...linesOf(checks.filter((check) => check.kind === kind), view), '']).slice(0, -1);

const linesOf = (checks: readonly Check[], { paint }: View): string[] =>
  columns(checks.map(({ id, ok, detail }) => [`${ok ? paint.marks.good : paint.marks.bad} ${id}`, visible(detail, 400)]), '  ');
