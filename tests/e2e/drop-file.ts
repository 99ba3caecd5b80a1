import type { Page } from 'playwright-core'

/** Drops a file onto the window as a person does: over it, then let go. */
export async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    async ([fileName, base64]) => {
      const dropped = new DataTransfer()
      const content = await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob()
      dropped.items.add(new File([content], fileName))
      return dropped
    },
    [name, bytes.toString('base64')] as const,
  )
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer })
  await transfer.dispose()
}
