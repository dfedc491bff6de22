// @nestjs/throttler is CommonJS and requires ES modules of Nest. Jest loads CommonJS while it links, when those are not
// evaluated yet, and calls that a cycle; imported this way it is loaded after them, as Node does it.
import '@nestjs/core';

const { ThrottlerGuard, ThrottlerModule } =
  await import('../../node_modules/@nestjs/throttler/dist/index.js');
export { ThrottlerGuard, ThrottlerModule };
