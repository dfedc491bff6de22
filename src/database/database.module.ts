import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { type DynamicModule, Global, Logger, Module } from '@nestjs/common';
import { DatabaseTarget } from './database-target.js';
import { migrate } from './migrate.js';
import { ormOptions } from './orm-options.js';
import { PreparedStatements } from './prepared-statements.js';
import { SessionConnection } from './session-connection.js';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(target: DatabaseTarget): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        // A promise when MikroORM has to load its driver; Nest awaits both.
        MikroOrmModule.forRootAsync({
          driver: PostgreSqlDriver,
          useFactory: () => ({
            ...ormOptions(target),
            autoLoadEntities: true,
            registerRequestContext: false,
          }),
        }) as DynamicModule,
      ],
      providers: [
        { provide: DatabaseTarget, useValue: target },
        {
          // Everything that touches the database depends on the unit of work, so nothing can be earlier than this.
          provide: UnitOfWork,
          inject: [MikroORM],
          useFactory: async (orm: MikroORM) => {
            for (const name of await migrate(target.url))
              new Logger('Database').log(`Applied migration ${name}`);
            return new UnitOfWork(orm);
          },
        },
        SessionConnection,
        PreparedStatements,
      ],
      exports: [DatabaseTarget, UnitOfWork, SessionConnection, PreparedStatements],
    };
  }
}
