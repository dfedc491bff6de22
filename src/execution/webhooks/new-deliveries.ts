import { Injectable } from '@nestjs/common';
import { Wakeable } from '../engine/wakeable.js';

/** Rung when this process has stored something to deliver. */
@Injectable()
export class NewDeliveries extends Wakeable {}
