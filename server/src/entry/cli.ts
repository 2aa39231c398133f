#!/usr/bin/env node
import { createRequire, enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { cacheFolder } from '#host/cache-folder.ts';
import { growNursery } from './nursery.ts';

growNursery();
// What lives until the next keystroke dies old, and V8 lets the old grow fourfold before it looks: less than twofold saves
// a third of a server's memory with a long file open (280 MB, 180 then) and costs a twentieth of a keystroke.
setFlagsFromString('--heap-growing-percent=80');

// Compiled code is kept for the next start, which saves it a third of its time. Behind the flags: V8 takes no code that was
// compiled under others.
const isBundled = !import.meta.filename.endsWith('.ts');
if (isBundled && !process.argv.includes('--no-cache')) enableCompileCache(join(cacheFolder(process.env), 'code'));

createRequire(import.meta.filename)(isBundled ? './main.js' : './main.ts');
