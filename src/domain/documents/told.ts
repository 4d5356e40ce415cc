/** A document can be wrong in thousands of places: of problems of one kind so many are told. */
export const TOLD_MAX = 20;
