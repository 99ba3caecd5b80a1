import { doctor } from './ko/doctor'
import { extruders } from './ko/extruders'
import { engines } from './ko/engines'
import { frame } from './ko/frame'
import { importing } from './ko/import'
import { jobs } from './ko/jobs'
import { library } from './ko/library'
import { machines } from './ko/machines'
import { objectExtras } from './ko/object-extras'
import { prepare } from './ko/prepare'
import { preview } from './ko/preview'
import { problemsGcode } from './ko/problems-gcode'
import { problemsMachine } from './ko/problems-machine'
import { problemsGrbl } from './ko/problems-grbl'
import { grbl } from './ko/grbl'
import { problemsMesh } from './ko/problems-mesh'
import { problemsSlicing } from './ko/problems-slicing'
import { problemsSync } from './ko/problems-sync'
import { profiles } from './ko/profiles'
import { settings } from './ko/settings'
import { slicingSettings } from './ko/slicing-settings'
import { solidTools } from './ko/solid-tools'
import { start } from './ko/start'

/** Every text of the window in Korean. */
export const korean = {
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
}
