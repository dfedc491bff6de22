import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';

/** The metrics of this process, one registry per application. Modules make their instruments with `registers: [it]`. */
@Injectable()
export class MetricsRegistry extends Registry {}
