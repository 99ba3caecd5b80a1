import { Stack, Text } from '@mantine/core'

/** A value under its name. */
export function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text className="tabular" fw={600}>
        {value}
      </Text>
    </Stack>
  )
}
