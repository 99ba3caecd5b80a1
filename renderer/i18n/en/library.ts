/** English texts; `{name}` stands for a value. */
export const library = {
} as const
