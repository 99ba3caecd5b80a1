/** English texts; `{name}` stands for a value. */
export const prepare = {
} as const
