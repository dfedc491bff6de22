// Like scripts/ts-loader.mjs, for hundreds of starts: what is compiled once is kept in CHAOS_CACHE. Replaces texts of
// the sources where CHAOS_REPLACEMENTS says so (JSON: file below the root, exact text, replacement); a text that is
// not there exactly once stops the process.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const cache = process.env.CHAOS_CACHE;
const replacements = JSON.parse(process.env.CHAOS_REPLACEMENTS ?? '[]');
const swcrc = JSON.parse(readFileSync(new URL('.swcrc', root), 'utf8'));
delete swcrc.$schema;
mkdirSync(cache, { recursive: true });

function replaced(filename, source) {
  for (const { file, text, by } of replacements) {
    if (filename !== fileURLToPath(new URL(file, root))) continue;
    if (source.split(text).length !== 2) {
      console.error(`${file} does not hold this text exactly once: ${text}`);
      process.exit(3);
    }
    source = source.replace(text, () => by);
  }
  return source;
}

function compiled(filename, source) {
  const path = join(cache, `${createHash('sha256').update(filename).update(source).digest('hex')}.js`);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const { transformSync } = createRequire(import.meta.url)('@swc/core');
  const { code } = transformSync(source, { ...swcrc, filename, sourceMaps: false, swcrc: false });
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return code;
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return nextResolve(source.href, context);
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const source = replaced(filename, readFileSync(filename, 'utf8'));
    return { format: 'module', source: compiled(filename, source), shortCircuit: true };
  },
});
