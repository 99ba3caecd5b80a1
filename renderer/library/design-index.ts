import MiniSearch from 'minisearch'
import type { DesignRow, LibraryDb } from './library-db'
import { searchTerms, wordsOf } from './search-terms'

export type DesignSort = 'relevance' | 'newest' | 'title' | 'size'

export interface DesignQuery {
  /** Words in title, tags, notes and file names; what is typed so far is enough. */
  readonly search?: string
  readonly tag?: string
  /** Left out: by relevance in a search, else the newest first. */
  readonly sort?: DesignSort
  readonly isBin?: boolean
}

const collator = new Intl.Collator(['ko', 'en'], { numeric: true, sensitivity: 'base' })
const byId = (a: DesignRow, b: DesignRow) => (a.id < b.id ? -1 : 1)
const ORDERS: Readonly<Record<Exclude<DesignSort, 'relevance'>, (a: DesignRow, b: DesignRow) => number>> = {
  newest: (a, b) => b.createdAt - a.createdAt || byId(a, b),
  title: (a, b) => collator.compare(a.title, b.title) || byId(a, b),
  size: (a, b) => b.bytes - a.bytes || byId(a, b),
}
/** Above this many changes at once a list is sorted anew, which is then faster than putting them in one by one. */
const MANY_CHANGES = 50

/** Designs in memory, in order and searchable: ten thousand of them answer within a frame or two. */
export interface DesignIndex {
  /** Takes in what has changed in the tables since the last time; a live query sees what it reads. */
  refresh(): Promise<void>
  query(query: DesignQuery): readonly DesignRow[]
}

/** Designs whose words are taken in at once: a few milliseconds, so that the window goes on between. */
const WORDS_AT_ONCE = 200

/**
 * An index over a library's designs.
 * @param later runs something when the window has time; words are taken in bit by bit, and a search takes in the rest
 */
export function createDesignIndex(db: LibraryDb, later: (run: () => void) => void = (run) => void setTimeout(run)): DesignIndex {
  const designs = new Map<string, DesignRow>()
  const orders = new Map<keyof typeof ORDERS, DesignRow[]>()
  const words = createWords()
  const waiting = new Set<string>()
  let seen = 0

  function take(rows: readonly DesignRow[]): void {
    const fresh = rows.filter((row) => row.viewRev > (designs.get(row.id)?.viewRev ?? 0))
    for (const row of fresh) {
      if (words.has(row.id)) words.discard(row.id)
      if (row.state === 'gone') {
        designs.delete(row.id)
        waiting.delete(row.id)
      } else {
        designs.set(row.id, row)
        waiting.add(row.id)
      }
      seen = Math.max(seen, row.viewRev)
    }
    if (fresh.length > 0) later(readOn)
    if (fresh.length > MANY_CHANGES) orders.clear()
    else for (const [sort, list] of orders) orders.set(sort, replaced(list, fresh, ORDERS[sort]))
  }

  function takeWords(count: number): void {
    for (const id of [...waiting].slice(0, count)) {
      const row = designs.get(id)
      waiting.delete(id)
      if (row !== undefined) words.add(row)
    }
  }

  function readOn(): void {
    takeWords(WORDS_AT_ONCE)
    if (waiting.size > 0) later(readOn)
  }

  function inOrder(sort: keyof typeof ORDERS): readonly DesignRow[] {
    const kept = orders.get(sort)
    if (kept !== undefined) return kept
    const list = [...designs.values()].sort(ORDERS[sort])
    orders.set(sort, list)
    return list
  }

  function found(search: string): readonly DesignRow[] {
    takeWords(waiting.size)
    return words.search(search).map(({ id }) => designs.get(String(id))).filter((row) => row !== undefined)
  }

  return {
    refresh: async () => take(await db.designs.where('viewRev').above(seen).toArray()),
    query({ search = '', tag, sort, isBin = false }) {
      const isSearch = wordsOf(search).length > 0
      const order = sort ?? (isSearch ? 'relevance' : 'newest')
      const hits = isSearch ? found(search) : undefined
      const list = order === 'relevance' ? (hits ?? inOrder('newest')) : inOrder(order)
      const only = order === 'relevance' || hits === undefined ? undefined : new Set(hits.map(({ id }) => id))
      return list.filter((row) => (row.state === 'bin') === isBin && (tag === undefined || row.tags.includes(tag)) && (only === undefined || only.has(row.id)))
    },
  }
}

/** An ordered list with some rows changed, added or gone. */
function replaced(list: readonly DesignRow[], rows: readonly DesignRow[], order: (a: DesignRow, b: DesignRow) => number): DesignRow[] {
  const ids = new Set(rows.map(({ id }) => id))
  const next = list.filter(({ id }) => !ids.has(id))
  for (const row of rows) {
    if (row.state === 'gone') continue
    let low = 0
    let high = next.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = next[middle]
      if (other !== undefined && order(other, row) < 0) low = middle + 1
      else high = middle
    }
    next.splice(low, 0, row)
  }
  return next
}

const FIELDS = ['title', 'tags', 'fileNames', 'notes'] as const

function createWords(): MiniSearch<DesignRow> {
  return new MiniSearch<DesignRow>({
    fields: [...FIELDS],
    extractField: (row, name) => {
      const value = row[name as keyof DesignRow]
      return Array.isArray(value) ? value.join(' ') : (value as string)
    },
    tokenize: searchTerms,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: (text) => [...wordsOf(text)],
      combineWith: 'AND',
      prefix: true,
      // A slip in a longer Latin word; in Hangul one wrong syllable makes another word.
      fuzzy: (term) => (term.length > 4 && /^[a-z]+$/.test(term) ? 1 : false),
      boost: { title: 3, tags: 2 },
    },
  })
}
