import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';

const FILE = 'api-key-pepper';

/** What digests of keys are made with: API_KEY_PEPPER, else a file of the data folder that is made when first needed. */
@Injectable()
export class Pepper {
  private known: string | null = null;

  constructor(private readonly config: AppConfig) {}

  /** Fails where the file can be neither read nor made. */
  get(): string {
    this.known ??= this.config.access.pepper ?? ownPepper(join(this.config.dataDirectory, FILE));
    return this.known;
  }
}

/** Two processes that start at once keep one. */
function ownPepper(path: string): string {
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
