/** English texts; `{name}` stands for a value. */
export const importing = {
} as const
