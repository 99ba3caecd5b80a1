import { describe, expect, it } from 'vitest'
import { parseRoute } from '../../../renderer/ui/navigate'

describe('the route of an address', () => {
  it('has a screen, an id, and a query', () => {
    expect(parseRoute('#/machines/a%20b?from=import')).toMatchObject({ path: '/machines/a%20b', screen: 'machines', id: 'a b' })
    expect(parseRoute('#/jobs?from=import').query.get('from')).toBe('import')
  })

  it.each(['', '#', '#/nowhere', '#//', '#token=abc', '#/__proto__'])('leads from “%s” to the start', (hash) => {
    expect(parseRoute(hash).screen).toBe('start')
  })

  it.each(['#/jobs/%', '#/jobs/%E0%A4', '#/jobs/%zz'])('outlives the address %s, which was cut short', (hash) => {
    expect(parseRoute(hash)).toMatchObject({ screen: 'jobs', id: hash.slice('#/jobs/'.length) })
  })
})
