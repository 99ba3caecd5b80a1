/** Colours of the scene. */
export interface ViewerTheme {
  readonly background: string
  readonly bed: string
  readonly bedLine: string
  readonly bedLineMajor: string
  readonly volumeLine: string
  readonly part: string
  readonly selectedPart: string
  /** A part that can't be sliced where it is. */
  readonly refusedPart: string
  readonly selectedRefusedPart: string
  readonly selectionLine: string
  readonly measure: string
  /** Paint and modifiers. */
  readonly enforced: string
  readonly blocked: string
  readonly modifier: string
  readonly axisX: string
  readonly axisY: string
  readonly axisZ: string
  readonly skyLight: string
  readonly groundLight: string
}

const AXES = { axisX: '#c04a3a', axisY: '#4a8a3f', axisZ: '#3f6fb0' } as const

export const LIGHT_VIEW: ViewerTheme = {
  ...AXES,
  background: '#f0eee8',
  bed: '#faf8f3',
  bedLine: '#e3dfd5',
  bedLineMajor: '#cbc6ba',
  volumeLine: '#c4beb1',
  part: '#d3c6ab',
  selectedPart: '#62a98f',
  refusedPart: '#d98a74',
  selectedRefusedPart: '#c9573f',
  selectionLine: '#2c6d57',
  measure: '#8a4fa3',
  enforced: '#3f7fc4',
  blocked: '#c9573f',
  modifier: '#b98a1f',
  skyLight: '#ffffff',
  groundLight: '#b5ada0',
}

export const DARK_VIEW: ViewerTheme = {
  axisX: '#e0705e',
  axisY: '#74b868',
  axisZ: '#6c9be0',
  background: '#161a18',
  bed: '#222826',
  bedLine: '#303735',
  bedLineMajor: '#454d4a',
  volumeLine: '#4b5450',
  part: '#b8ad96',
  selectedPart: '#5fae92',
  refusedPart: '#c4745d',
  selectedRefusedPart: '#e0664b',
  selectionLine: '#92c1ae',
  measure: '#cf9be6',
  enforced: '#6ba6e8',
  blocked: '#e0664b',
  modifier: '#e0b54a',
  skyLight: '#ffffff',
  groundLight: '#4d5552',
}
