import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';

/** This process as an owner of runs. A new one at every start: nothing is inherited from an earlier life. */
@Injectable()
export class ProcessIdentity {
  readonly id: string = newId();
  readonly host: string = hostname();
  readonly pid: number = process.pid;
}
