/** What a file is to the studio, by the end of its name. */
export type FileKind = 'model' | 'gcode' | 'other'

/** Endings of models that can be read. */
export const MODEL_ENDINGS = ['.stl', '.obj', '.3mf', '.ply'] as const
const GCODE_ENDINGS = ['.gcode', '.bgcode', '.gco', '.g', '.ngc', '.nc'] as const

/** For a file picker. */
export const READABLE_ENDINGS = [...MODEL_ENDINGS, ...GCODE_ENDINGS].join(',')

/** Tells a file's kind by its name. */
export function fileKind(name: string): FileKind {
  const lower = name.toLowerCase()
  if (MODEL_ENDINGS.some((ending) => lower.endsWith(ending))) return 'model'
  return GCODE_ENDINGS.some((ending) => lower.endsWith(ending)) ? 'gcode' : 'other'
}

/** A title for a design, out of its file's name: without the ending, underscores as spaces. */
export function titleOfFile(name: string): string {
  const bare = name.replace(/\.[^.]+$/, '').replaceAll('_', ' ').replaceAll(/\s+/g, ' ').trim()
  return bare === '' ? name : bare
}

/** Tags for a file out of the folders that it lay in: the innermost one's name. */
export function tagsOfPath(path: string): readonly string[] {
  const folder = path.split('/').at(-2)?.trim()
  return folder === undefined || folder === '' ? [] : [folder.toLowerCase()]
}
