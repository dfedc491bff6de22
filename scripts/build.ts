// `npm run build`: checks the types and compiles src to dist.
import { build } from './lib/ensure-build.ts';

try {
  await build();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
