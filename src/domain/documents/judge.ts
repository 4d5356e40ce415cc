import type * as z from 'zod';

/** zod can write a schema out as code of its own, which is worth it only for who judges many documents. */
const FEW = 10;
let judged = 0;

/**
 * What a schema says of a value that strangers wrote. zod asks whatever stands where a text or a list should stand for
 * its `length`, compares that, and throws where a map holds one of its own that cannot be compared. None of our formats
 * has a field of that name, so such a member is judged as if it were empty: its map is wrong all the same.
 */
export function judge<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  judged += 1;
  try {
    return schema.safeParse(value, { jitless: judged <= FEW });
  } catch {
    return schema.safeParse(JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'length' && typeof member === 'object' ? null : member))));
  }
}
