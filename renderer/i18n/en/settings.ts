/** English texts; `{name}` stands for a value. */
export const settings = {
} as const
