/**
 * The order of tools in each layer with few changes: a layer begins with the tool that the one below ended with, if it uses
 * it, and ends with one that the next layer uses too. Shape: the tools of each layer, each once; a layer may use none.
 */
export function orderTools(used: readonly (readonly number[])[]): number[][] {
  let last: number | undefined
  return used.map((tools, layer) => {
    const first = last !== undefined && tools.includes(last) ? last : undefined
    const rest = tools.filter((tool) => tool !== first)
    const next = used.slice(layer + 1).find(({ length }) => length > 0) ?? []
    const end = rest.findLast((tool) => next.includes(tool))
    const ordered = [...(first === undefined ? [] : [first]), ...rest.filter((tool) => tool !== end), ...(end === undefined ? [] : [end])]
    last = ordered.at(-1) ?? last
    return ordered
  })
}
