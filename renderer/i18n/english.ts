import { doctor } from './en/doctor'
import { extruders } from './en/extruders'
import { engines } from './en/engines'
import { frame } from './en/frame'
import { importing } from './en/import'
import { jobs } from './en/jobs'
import { library } from './en/library'
import { machines } from './en/machines'
import { objectExtras } from './en/object-extras'
import { prepare } from './en/prepare'
import { preview } from './en/preview'
import { problemsGcode } from './en/problems-gcode'
import { problemsMachine } from './en/problems-machine'
import { problemsGrbl } from './en/problems-grbl'
import { grbl } from './en/grbl'
import { problemsMesh } from './en/problems-mesh'
import { problemsSlicing } from './en/problems-slicing'
import { problemsSync } from './en/problems-sync'
import { profiles } from './en/profiles'
import { settings } from './en/settings'
import { slicingSettings } from './en/slicing-settings'
import { solidTools } from './en/solid-tools'
import { start } from './en/start'

/** Every text of the window in English. */
export const english = {
  ...frame,
  ...engines,
  ...doctor,
  ...library,
  ...importing,
  ...prepare,
  ...objectExtras,
  ...solidTools,
  ...preview,
  ...machines,
  ...jobs,
  ...profiles,
  ...settings,
  ...start,
  ...slicingSettings,
  ...extruders,
  ...problemsMesh,
  ...problemsSlicing,
  ...problemsGcode,
  ...problemsMachine,
  ...problemsGrbl,
  ...grbl,
  ...problemsSync,
} as const
