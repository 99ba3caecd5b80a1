// How the desktop app is packed: `npm run package`. Only the built products and the three native modules go in.
// GONGBANG_ELECTRON_DIST names a folder to take instead of Electron's own program (tests pack around a stand-in).

/** @typedef {import('electron-builder').Configuration} Configuration */

const MODELS = [
  { ext: 'stl', name: 'STL model', mimeType: 'model/stl' },
  { ext: 'obj', name: 'OBJ model', mimeType: 'model/obj' },
  { ext: '3mf', name: '3MF model', mimeType: 'model/3mf' },
  { ext: 'ply', name: 'PLY model', mimeType: 'model/ply' },
  { ext: 'gcode', name: 'G-code', mimeType: 'text/x.gcode' },
]

/** @type {Configuration} */
const configuration = {
  appId: 'org.gongbang.studio',
  productName: 'Gongbang Studio',
  executableName: 'gongbang-studio',
  copyright: 'Copyright 2026 the Gongbang Studio authors. Apache-2.0.',
  directories: { output: 'release', buildResources: 'build/icons' },
  files: ['dist/main/**', 'dist/preload/**', 'dist/client/**', 'package.json', 'LICENSE', '!**/*.map', '!**/*.{md,ts,h,c,cc,gyp,gypi}'],
  asar: true,
  // Native code is loaded from real files; the rest is read from the archive.
  asarUnpack: ['**/*.node', '**/node_modules/@lydell/node-pty*/**', '**/spawn-helper'],
  // The native modules carry N-API binaries for every platform: the same in Node and Electron.
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  ...(process.env.GONGBANG_ELECTRON_DIST === undefined ? {} : { electronDist: process.env.GONGBANG_ELECTRON_DIST }),
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
  },
  fileAssociations: MODELS.map((model) => ({ ...model, role: 'Editor', rank: 'Alternate' })),
  linux: { target: ['AppImage', 'deb'], category: 'Graphics', synopsis: 'Offline-first makerspace studio', maintainer: 'Gongbang Studio authors' },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.graphics-design', hardenedRuntime: true, darkModeSupport: true },
  // No updates until there is a key to sign them with.
  publish: null,
}

export default configuration
