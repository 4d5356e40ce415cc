import type * as z from 'zod';

/**
 * What a schema says of a value that strangers wrote. zod asks whatever stands where a text or a list should stand for
 * its `length`, compares that, and throws where a map holds one of its own that cannot be compared. None of our formats
 * has a field of that name, so such a member is judged as if it were empty: its map is wrong all the same.
 */
export function judge<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  try {
    return schema.safeParse(value, { jitless: true });
  } catch {
    return schema.safeParse(JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'length' && typeof member === 'object' ? null : member))));
  }
}
