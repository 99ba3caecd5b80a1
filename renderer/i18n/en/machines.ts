/** English texts; `{name}` stands for a value. */
export const machines = {
} as const
