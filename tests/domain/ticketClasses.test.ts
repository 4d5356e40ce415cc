import { expect, test } from 'vitest';
import { ticketSchema } from '../../src/domain/ticket.js';
import { schemaOfItsClass } from '../../src/domain/ticketClasses.js';

test.each(['quick', 'standard', 'orchestrator'])('a %s ticket is judged by that part of the whole schema which is its own', (name) => {
  const part = schemaOfItsClass({ class: name })!;
  expect(ticketSchema.options).toContain(part);
  expect(part.safeParse({ class: name }).error?.issues).toEqual(ticketSchema.safeParse({ class: name }).error?.issues);
});

test.each([[{ class: 'other' }], [{ class: 'toString' }], [{ class: ['quick'] }], [{}], ['quick'], [null], [undefined], [[]]])('%j names no class', (value) => {
  expect(schemaOfItsClass(value)).toBeUndefined();
});
