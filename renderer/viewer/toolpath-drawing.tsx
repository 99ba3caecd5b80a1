import { useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useMemo } from 'react'
import type { ToolpathData } from './toolpath-data'
import { ToolpathLines, type ToolpathView } from './toolpath-lines'

/** A toolpath in the picture. */
export function ToolpathDrawing({ data, view }: { readonly data: ToolpathData; readonly view: ToolpathView }) {
  const invalidate = useThree((state) => state.invalidate)
  const lines = useMemo(() => new ToolpathLines(data), [data])
  useLayoutEffect(() => {
    lines.show(view)
    invalidate()
  }, [lines, view, invalidate])
  useEffect(() => () => lines.dispose(), [lines])
  return <primitive object={lines.group} />
}
