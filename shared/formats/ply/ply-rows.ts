import { AsciiScanner } from '../ascii-scanner'
import { PLY_BYTES, type PlyElement, type PlyHeader, type PlyType } from './ply-header'

/** Receives a row: single numbers by the property's place, and the list that was asked for. */
export type VisitRow = (numbers: Float64Array, list: readonly number[]) => void

/** Steps through the rows of a PLY file's elements in order. */
export interface PlyRows {
  /** Visits the rows of the next element; `listName` is the list property to hand over. Returns how many rows the file really has. */
  read(element: PlyElement, listName: RegExp, visit: VisitRow): number
  /** How far the file is read, bytes. */
  readonly at: number
}

/** Rows as text or binary, as the header says. */
export function plyRows(bytes: Uint8Array, header: PlyHeader): PlyRows {
  return header.encoding === 'ascii' ? new AsciiRows(bytes, header.dataStart) : new BinaryRows(bytes, header.dataStart, header.encoding === 'little')
}

class AsciiRows implements PlyRows {
  private readonly scan: AsciiScanner
  constructor(bytes: Uint8Array, from: number) {
    this.scan = new AsciiScanner(bytes, from)
  }

  get at(): number {
    return this.scan.at
  }

  read({ count, properties }: PlyElement, listName: RegExp, visit: VisitRow): number {
    const { scan } = this
    const numbers = new Float64Array(properties.length)
    const list: number[] = []
    const isWanted = properties.map(({ name, countType }) => countType !== undefined && listName.test(name))
    for (let row = 0; row < count; row++) {
      scan.skipBlank()
      if (scan.isDone) return row
      list.length = 0
      for (let i = 0; i < properties.length; i++) {
        if (properties[i].countType === undefined) numbers[i] = scan.number()
        else this.list(isWanted[i] ? list : undefined)
      }
      visit(numbers, list)
      scan.nextLine()
    }
    return count
  }

  private list(into: number[] | undefined): void {
    const { scan } = this
    const length = scan.number()
    for (let i = 0; i < length && !scan.isLineEnd; i++) {
      const value = scan.number()
      if (Number.isNaN(value)) return
      into?.push(value)
    }
  }
}

class BinaryRows implements PlyRows {
  at: number
  private readonly view: DataView
  constructor(bytes: Uint8Array, from: number, private readonly isLittle: boolean) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = from
  }

  read({ count, properties }: PlyElement, listName: RegExp, visit: VisitRow): number {
    const numbers = new Float64Array(properties.length)
    const list: number[] = []
    const isWanted = properties.map(({ name, countType }) => countType !== undefined && listName.test(name))
    // A row without properties takes no bytes: any count of them would be read from nothing.
    if (properties.length === 0) return count
    for (let row = 0; row < count; row++) {
      list.length = 0
      for (let i = 0; i < properties.length; i++) {
        const { type, countType } = properties[i]
        if (countType === undefined) {
          if (this.at + PLY_BYTES[type] > this.view.byteLength) return row
          numbers[i] = this.number(type)
        } else if (!this.list(countType, type, isWanted[i] ? list : undefined)) return row
      }
      visit(numbers, list)
    }
    return count
  }

  /** False when the file ends before the list does. */
  private list(countType: PlyType, type: PlyType, into: number[] | undefined): boolean {
    const size = PLY_BYTES[type]
    if (this.at + PLY_BYTES[countType] > this.view.byteLength) return false
    const length = this.number(countType)
    if (!(length >= 0) || this.at + length * size > this.view.byteLength) return false
    if (into === undefined) this.at += Math.floor(length) * size
    else for (let i = 0; i < length; i++) into.push(this.number(type))
    return true
  }

  private number(type: PlyType): number {
    const { view, at, isLittle } = this
    this.at += PLY_BYTES[type]
    switch (type) {
      case 'float32':
        return view.getFloat32(at, isLittle)
      case 'int32':
        return view.getInt32(at, isLittle)
      case 'uint8':
        return view.getUint8(at)
      case 'uint32':
        return view.getUint32(at, isLittle)
      case 'float64':
        return view.getFloat64(at, isLittle)
      case 'int8':
        return view.getInt8(at)
      case 'int16':
        return view.getInt16(at, isLittle)
      case 'uint16':
        return view.getUint16(at, isLittle)
      default:
        return type satisfies never
    }
  }
}
