/** English texts; `{name}` stands for a value. */
export const profiles = {
} as const
