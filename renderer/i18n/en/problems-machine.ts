/** English texts; `{name}` stands for a value. */
export const problemsMachine = {
} as const
