import { describe, expect, it } from 'vitest'
import { cleanEnvironment, installKey, isInstalled, isNodeNewEnough } from '../../build/bootstrap.mjs'
import { browserCandidates } from '../../build/find-browser.mjs'

const linux = { platform: 'linux', arch: 'x64', versions: { modules: '115' } }

describe('isNodeNewEnough', () => {
  it.each([
    ['v20.18.3', false],
    ['v18.20.0', false],
    ['v20.19.0', true],
    ['v22.0.0', true],
  ])('judges %s', (version, isEnough) => expect(isNodeNewEnough(version)).toBe(isEnough))
})

describe('installKey', () => {
  it('changes with the lock file, the platform and the ABI', () => {
    const keys = [installKey('a', linux), installKey('b', linux), installKey('a', { ...linux, platform: 'darwin' }), installKey('a', { ...linux, versions: { modules: '127' } })]
    expect(new Set(keys).size).toBe(4)
  })
})

describe('isInstalled', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/native-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
      'node_modules/native-darwin': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    },
  }
  const onLinux = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/native-linux': { version: '1.0.0' } }

  it('is content when all that this platform needs is there', () => expect(isInstalled(lock, { packages: onLinux }, linux)).toBe(true))
  it('misses a package', () => expect(isInstalled(lock, { packages: { 'node_modules/native-linux': { version: '1.0.0' } } }, linux)).toBe(false))
  it('sees another version', () => expect(isInstalled(lock, { packages: { ...onLinux, 'node_modules/zod': { version: '4.6.6' } } }, linux)).toBe(false))
  it("sees that the packages were installed on another platform", () => {
    const onDarwin = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/native-darwin': { version: '1.0.0' } }
    expect(isInstalled(lock, { packages: onDarwin }, linux)).toBe(false)
  })
})

describe('cleanEnvironment', () => {
  it('drops the settings of the npm that runs us and NODE_ENV, and keeps the rest', () => {
    const cleaned = cleanEnvironment({ npm_config_omit: 'dev', NPM_CONFIG_FOO: '1', npm_package_name: 'x', NODE_ENV: 'production', PATH: '/bin', HTTPS_PROXY: 'http://p' })
    expect(cleaned).toEqual({ PATH: '/bin', HTTPS_PROXY: 'http://p' })
  })
})

describe('browserCandidates', () => {
  it('asks for the browser that the user named first', () => {
    expect(browserCandidates({ GONGBANG_BROWSER: '/opt/mine', PATH: '/usr/bin' }, 'linux').slice(0, 2)).toEqual(['/opt/mine', '/usr/bin/google-chrome'])
  })
  it('looks into the program folders of Windows', () => {
    expect(browserCandidates({ PROGRAMFILES: 'C:\\Program Files' }, 'win32')).toContain('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe')
  })
})
