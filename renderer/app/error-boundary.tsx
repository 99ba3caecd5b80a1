import { Button, Code, Stack, Text, Title } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useText } from '../i18n/text'

/** A screen's program that isn't on the server any more: the studio was renewed under the window, which only a new start of the window mends. */
function isOutdated({ message }: Error): boolean {
  return /dynamically imported module|importing a module script failed/i.test(message)
}

function Crashed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const t = useText()
  return (
    <Stack p="xl" maw={640} role="alert">
      <Title order={1}>{t(isOutdated(error) ? 'frame.outdated' : 'frame.crash')}</Title>
      <Text>{t(isOutdated(error) ? 'frame.outdated.help' : 'frame.crash.help')}</Text>
      {!isOutdated(error) && <Code block>{error.message}</Code>}
      <Button onClick={isOutdated(error) ? () => location.reload() : onRetry} w="fit-content">
        {t(isOutdated(error) ? 'frame.outdated.reload' : 'frame.crash.reload')}
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
