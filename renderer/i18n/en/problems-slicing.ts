/** English texts; `{name}` stands for a value. */
export const problemsSlicing = {
} as const
