/** English texts; `{name}` stands for a value. */
export const preview = {
} as const
