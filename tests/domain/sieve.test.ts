import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { judge } from '../../src/domain/documents/judge.js';
import { sieveOf } from '../../src/domain/documents/sieve.js';
import { factSchema } from '../../src/domain/facts.js';
import { mutatedData } from '../fire/fuzz/mutations.js';
import { chanceOf, type Chance } from '../fire/random.js';
import { amount, seed } from '../support/amounts.js';
import { aLife, chained, lifeOf } from '../support/sealed.js';

// The sieve is made of the schema, and may only ever say yes where the schema and the one way to write a fact say so.

const takes = (schema: z.ZodType, text: string): boolean => sieveOf(schema)(JSON.parse(text), text);

/** Other spellings of the same, and texts that readers take in different ways. */
const RESPELLINGS: readonly ((text: string, chance: Chance) => string)[] = [
  (text) => text,
  (text) => text,
  (text, chance) => inserted(text, chance, ' '),
  (text, chance) => text.replace('{', `{"${chance.of(['seq', 'kind', 'ticket', '__proto__', 'more'])}":${chance.of(['1', '""', 'null', '{}'])},`),
  (text) => text.replace(/:(\d+)/, ':$1.0'),
  (text) => text.replace(/:(\d+)00([,}])/, ': $1e2$2'),
  (text) => text.replace(/:(\d+)000([,}])/, ': $1e3$2'),
  (text) => text.replace('a', '\\u0061'),
];

function inserted(text: string, chance: Chance, what: string): string {
  const at = chance.below(text.length);
  return text.slice(0, at) + what + text.slice(at);
}

describe('the sieve of facts', () => {
  const facts = chained([...lifeOf(aLife()), ...lifeOf(aLife())]).facts;

  test('takes most facts as they are written', () => {
    expect(facts.filter((fact) => takes(factSchema, JSON.stringify(fact))).length).toBeGreaterThan(facts.length / 2);
  });

  test('after changes anywhere, takes only what the schema takes and hands back, written in the one way', () => {
    const chance = chanceOf(seed());
    let taken = 0;
    let left = 0;
    for (let times = amount(6_000); times > 0; times--) {
      const fact = { ...chance.of(facts), seq: chance.of([1, 20, 300, 4_000, 70_000]) };
      const text = chance.of(RESPELLINGS)(JSON.stringify(chance.below(3) === 0 ? fact : mutatedData(chance, fact)), chance);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        continue;
      }
      if (!sieveOf(factSchema)(value, text)) {
        left += 1;
        continue;
      }
      taken += 1;
      expect([JSON.stringify(value), judge<unknown>(factSchema, value).data]).toEqual([text, value]);
    }
    expect(taken).toBeGreaterThan(amount(200));
    expect(left).toBeGreaterThan(amount(200));
  });
});

describe('a sieve', () => {
  const map = z.strictObject({ a: z.int().min(0), b: z.string().trim().max(3).optional(), c: z.array(z.boolean()).max(2).default([]) });

  test.each([
    ['all that may be there', '{"a":1,"b":"xyz","c":[true,false]}', true],
    ['members in another order', '{"c":[],"a":10}', true],
    ['a default that is left out', '{"a":1}', false],
    ['a member that is missing', '{"b":"x","c":[]}', false],
    ['one that is not known', '{"a":1,"c":[],"d":1}', false],
    ['one of another type', '{"a":"1","c":[]}', false],
    ['one that is too small', '{"a":-1,"c":[]}', false],
    ['one that is too long', '{"a":1,"b":"wxyz","c":[]}', false],
    ['a list that is too long', '{"a":1,"c":[true,true,true]}', false],
    ['blanks that would be taken away', '{"a":1,"b":"x ","c":[]}', false],
    ['a blank between', '{"a":1, "c":[]}', false],
    ['a doubled key', '{"a":1,"a":1,"c":[]}', false],
    ['a doubled key, made up for by a power of ten', '{"a":1e9,"a":1e9,"c":[]}', false],
    ['a power of ten with a blank', '{"a": 1e3,"c":[]}', false],
    ['a power of ten as long as the number', '{"a":1e2,"c":[]}', false],
    ['an escape', '{"a":1,"b":"\\u0061","c":[]}', false],
    ['a list instead', '[]', false],
    ['nothing', 'null', false],
  ])('of a map with %s', (_, text, taken) => {
    expect(takes(map, text)).toBe(taken);
  });

  test.each([
    ['a literal', z.literal(['x', 7]), '7', true],
    ['a literal that has another text', z.literal(100), '1e2', false],
    ['an enumeration', z.enum(['x', 'y']), '"y"', true],
    ['an inclusive end', z.int().max(3), '3', true],
    ['an end that is not inclusive', z.int().gt(3), '4', false],
    ['a rule of its own', z.string().refine(() => true), '"x"', false],
    ['a rule about a map', z.strictObject({}).refine(() => true), '{}', false],
    ['an empty map', z.strictObject({}), '{}', true],
    ['a map that takes more', z.looseObject({}), '{}', false],
    ['a format of its own', z.email(), '"a@example.org"', false],
    ['a pattern that remembers', z.string().regex(/x/g), '"x"', false],
    ['what is made another thing', z.coerce.string(), '"x"', false],
    ['what is changed', z.string().transform((text) => text), '"x"', false],
    ['a union that nothing tells apart', z.union([z.string(), z.int()]), '1', false],
    ['a fraction', z.number(), '1.5', false],
    ['a default within what may be absent', z.strictObject({ a: z.string().default('x').optional() }), '{}', false],
    ['a union that a member tells apart', z.discriminatedUnion('is', [z.strictObject({ is: z.literal('a') }), z.strictObject({ is: z.literal('b'), n: z.int() })]), '{"is":"b","n":1}', true],
    ['a kind that the union does not know', z.discriminatedUnion('is', [z.strictObject({ is: z.literal('a') })]), '{"is":"b"}', false],
  ])('of %s', (_, schema, text, taken) => {
    expect(takes(schema, text)).toBe(taken);
  });
});
