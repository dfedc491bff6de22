import { ArrayType } from '@mikro-orm/core';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A `text[]` whose elements are all quoted in its literal: MikroORM's own leaves `null` bare, which is NULL. */
export class TextArrayType extends ArrayType<string> {
  override convertToDatabaseValue(...[value]: Parameters<ArrayType<string>['convertToDatabaseValue']>) {
    return Array.isArray(value) ? `{${value.map(quoted).join(',')}}` : value;
  }
}
