/** English texts; `{name}` stands for a value. */
export const problemsMesh = {
} as const
