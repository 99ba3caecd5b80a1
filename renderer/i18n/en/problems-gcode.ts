/** English texts; `{name}` stands for a value. */
export const problemsGcode = {
} as const
