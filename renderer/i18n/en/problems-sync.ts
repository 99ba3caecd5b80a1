/** English texts; `{name}` stands for a value. */
export const problemsSync = {
} as const
