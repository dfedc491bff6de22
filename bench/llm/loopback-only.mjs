// Preloaded into a server that would listen on every address: it listens on loopback.
import { Server } from 'node:net';

const listen = Server.prototype.listen;
Server.prototype.listen = function onLoopback(first, ...rest) {
  if (typeof first === 'number')
    return listen.call(
      this,
      { port: first, host: '127.0.0.1' },
      ...rest.filter((each) => typeof each === 'function'),
    );
  if (typeof first === 'object' && first !== null && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  return listen.call(this, first, ...rest);
};
