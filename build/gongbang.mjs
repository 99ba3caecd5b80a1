#!/usr/bin/env node
// `npx gongbang`: the studio from a terminal. Makes the clone able to run when it isn't, then hands over to electron/cli.ts.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, root } from './bootstrap.mjs'
import { build, isFresh } from './build.mjs'

bootstrap()
if (!isFresh('node')) await build(['node'])
// `serve` shows the window too, so it needs the client; every other command runs without it.
if (process.argv[2] === 'serve' && !process.argv.includes('--help')) await build(['client'])
await import(pathToFileURL(join(root, 'dist/node/cli.js')).href)
