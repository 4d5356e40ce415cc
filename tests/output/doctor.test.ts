import { expect, test } from 'vitest';
import { openPaint } from '../../src/output/paint.js';
import { doctorText } from '../../src/output/text/doctor.js';

test('what does not fit on a line goes on below itself, word by word', async () => {
  const detail = Array.from({ length: 30 }, (_, at) => `word${at}`).join(' ');
  const checks = [{ id: 'short', kind: 'machine' as const, ok: true, detail: 'fine' }, { id: 'much-longer', kind: 'machine' as const, ok: false, detail }];
  const lines = doctorText({ checks }, { paint: await openPaint({ colour: false, unicode: true }), unicode: true, width: 80, agent: false, done: true }) as string[];
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const told = lines.slice(2, lines.indexOf(''));
  expect(told.map((line) => line.slice(0, 17))).toEqual(told.map((_, at) => (at === 0 ? '  ✗ much-longer  ' : ' '.repeat(17))));
  expect(told.map((line) => line.slice(17)).join(' ')).toBe(detail);
});
