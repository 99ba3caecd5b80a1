import type { LengthUnit } from '../../shared/formats/model'
import { StudioError } from '../../shared/units/studio-error'
import { getBlob } from '../library/blobs'
import { getVersion } from '../library/versions'
import { parseFile } from '../workers/import/run-import'
import type { VersionPart } from './part-meshes'

const UNITS: readonly string[] = ['micron', 'millimeter', 'centimeter', 'inch', 'foot', 'meter'] satisfies readonly LengthUnit[]

function isUnit(name: string): name is LengthUnit {
  return UNITS.includes(name)
}

/** Reads a version's file from the library and parses it as the version says, off the window's thread. @throws StudioError when the version, its blob or its mesh can't be read. */
export async function loadVersionParts(versionId: string): Promise<readonly VersionPart[]> {
  const { files, units, isRepaired } = await getVersion(versionId)
  const [file] = files
  if (file === undefined) throw new StudioError('plate/no-file', 'The version holds no file.')
  return parseFile({ name: file.path, bytes: await getBlob(file.sha256), unit: isUnit(units) ? units : undefined, isRepaired })
}
