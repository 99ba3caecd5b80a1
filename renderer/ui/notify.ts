import { notifications } from '@mantine/notifications'
import type { Problem } from '../../shared/units/problem'
import { currentText } from '../i18n/locale'
import { problemText, remedyText } from '../i18n/problem-text'
import type { TextKey, TextValues } from '../i18n/text'
import { isCancel, readError } from './read-error'

const ERROR_STAYS_MS = 12_000
const SUCCESS_STAYS_MS = 4000

function isProblems(value: unknown): value is readonly Problem[] {
  return Array.isArray(value) && value.every((item: unknown) => typeof item === 'object' && item !== null && 'code' in item)
}

/** Tells what went wrong and what to do: something thrown, or problems. A cancel is not told. */
export function notifyError(error: unknown): void {
  if (isCancel(error)) return
  const t = currentText()
  const problems = isProblems(error) ? error.filter((problem) => problem.severity === 'error') : [readError(error)]
  for (const problem of problems.slice(0, 3)) {
    if (problem.code === 'frame/unexpected') console.error(error)
    const remedy = remedyText(t, problem)
    notifications.show({ id: problem.code, color: 'red', title: problemText(t, problem), message: remedy ?? '', autoClose: ERROR_STAYS_MS, withBorder: true, role: 'alert', closeButtonProps: { 'aria-label': t('frame.close') } })
  }
}

/** Tells what should be known of something that was done all the same. */
export function notifyWarnings(problems: readonly Problem[]): void {
  const t = currentText()
  for (const problem of problems.slice(0, 3)) {
    notifications.show({ id: problem.code, color: 'yellow', title: problemText(t, problem), message: remedyText(t, problem) ?? '', autoClose: ERROR_STAYS_MS, withBorder: true, closeButtonProps: { 'aria-label': t('frame.close') } })
  }
}

/** Tells in a line that something was done. */
export function notifySuccess(key: TextKey, values?: TextValues): void {
  const t = currentText()
  notifications.show({ color: 'celadon', message: t(key, values), autoClose: SUCCESS_STAYS_MS, withBorder: true, closeButtonProps: { 'aria-label': t('frame.close') } })
}
