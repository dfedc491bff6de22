import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { Lifecycle } from './lifecycle.js';
import { MetricsRegistry } from './metrics.js';
import { PortsModule } from './ports.js';

/** What every module may inject: the time, the life of the process, its metrics, the ports. */
@Global()
@Module({
  imports: [PortsModule],
  providers: [{ provide: Clock, useClass: SystemClock }, Lifecycle, MetricsRegistry],
  exports: [Clock, Lifecycle, MetricsRegistry],
})
export class CommonModule {}
