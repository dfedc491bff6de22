import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../../common/json.js';
@Injectable()
export class Redactor {
  secrets(value: JsonValue): JsonValue {
    return value;
  }
  secretsInText(text: string): string {
    return text;
  }
  personalInText(text: string): string {
    return text;
  }
}
