/** English texts; `{name}` stands for a value. */
export const frame = {
} as const
