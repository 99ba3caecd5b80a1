/** English texts; `{name}` stands for a value. */
export const jobs = {
} as const
