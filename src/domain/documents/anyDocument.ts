import * as z from 'zod';

/** Whatever a text holds: for documents whose form their reader judges alone. */
export const anyDocument = z.unknown();
