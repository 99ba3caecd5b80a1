import { navigate } from '../../ui/navigate'
import { notifyError } from '../../ui/notify'
import { useWorkspace } from '../../workspace/workspace-store'

/** Reads G-code and shows it in the preview; what went wrong is told. */
export async function openGcodeFile(file: File): Promise<void> {
  try {
    await useWorkspace.getState().openGcode({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    navigate('/preview')
  } catch (error) {
    notifyError(error)
  }
}
