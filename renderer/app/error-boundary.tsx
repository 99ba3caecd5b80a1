import { Button, Code, Stack, Text, Title } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useText } from '../i18n/text'

function Crashed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const t = useText()
  return (
    <Stack p="xl" maw={640} role="alert">
      <Title order={1}>{t('frame.crash')}</Title>
      <Text>{t('frame.crash.help')}</Text>
      <Code block>{error.message}</Code>
      <Button onClick={onRetry} w="fit-content">
        {t('frame.crash.reload')}
      </Button>
    </Stack>
  )
}

interface State {
  readonly error: Error | undefined
}

/** Keeps a screen's crash to that screen. Give it the route as `key`, so that leaving resets it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === undefined ? this.props.children : <Crashed error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}
