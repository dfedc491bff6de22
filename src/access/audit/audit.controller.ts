import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toPage } from '../../common/cursor.js';
import { decodeIdCursor } from '../../common/id-cursor.js';
import { ApiRoute } from '../api-route.decorator.js';
import { AuditLog } from './audit-log.service.js';
import { type AuditPage, auditPageSchema, type AuditQuery, auditQuerySchema } from './audit.schemas.js';

const LIST = 'audit-log';

@ApiTags('Access')
@Controller('audit-log')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @ApiRoute({
    operationId: 'listAuditLog',
    summary: 'List who did what',
    description:
      'Every request with an API key that may have changed something, latest first; none with AUTH_MODE `none`.',
    scope: 'audit:read',
    ok: { status: 200, schema: auditPageSchema, description: 'One page of requests.' },
  })
  async list(@Query({ schema: auditQuerySchema }) { limit, cursor, caller }: AuditQuery): Promise<AuditPage> {
    const rows = await this.log.list(caller ?? null, decodeIdCursor(cursor, LIST), limit + 1);
    const { items, nextCursor } = toPage(rows, limit, ({ id }) => id, LIST);
    return {
      items: items.map(({ request_id: requestId, at, ...row }) => ({
        ...{ ...row, requestId, at: new Date(at).toISOString() },
      })),
      nextCursor,
    };
  }
}
