/** English texts; `{name}` stands for a value. */
export const start = {
} as const
