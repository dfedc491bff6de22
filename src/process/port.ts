import { createServer } from 'node:net';
import type { AppConfig } from '../config/config.js';
import { StartError } from './start-error.js';

function listenError(error: NodeJS.ErrnoException, { host, port }: AppConfig['http']): StartError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is in use by another process. Stop that one, or set PORT to another port ` +
          '(PORT=0 takes any free one).',
        error,
      );
    case 'EACCES':
      return new StartError(
        `This user may not listen on port ${port}. Set PORT to a port above 1023.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `HOST is ${host}, which is no address of this machine. Set it to 127.0.0.1.`,
        error,
      );
    default:
      return error.syscall === 'listen'
        ? new StartError(`Tandem cannot listen on ${host}, port ${port}: ${error.message}`, error)
        : new StartError(error.message, error);
  }
}

/** Runs `listen` and says in words of the configuration why it failed. */
export async function listening<T>(http: AppConfig['http'], listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, http);
  }
}

/** Fails where the port cannot be had, before anything else is started: an engine must not begin work for nothing. */
export function checkPort(http: AppConfig['http']): Promise<void> {
  return listening(
    http,
    () =>
      new Promise<void>((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(http.port, http.host, () => server.close(() => resolve()));
      }),
  );
}
