import type { OpenAPIObject } from '@nestjs/swagger';
import { INPUT_MARK } from './schema-converter.js';

const nameOf = (component: string, taken: ReadonlySet<string>): string => {
  const name = component.slice(0, -INPUT_MARK.length);
  return taken.has(name) ? `${name}Input` : name;
};

/** Gives sent forms their names: the plain one, or `<id>Input` beside a component that shows the answered form. */
export function nameInputs(document: OpenAPIObject): OpenAPIObject {
  const names = Object.keys(document.components?.schemas ?? {});
  const taken = new Set(names);
  let text = JSON.stringify(document);
  for (const component of names.filter((name) => name.endsWith(INPUT_MARK))) {
    const name = nameOf(component, taken);
    text = text
      .replaceAll(`"#/components/schemas/${component}"`, `"#/components/schemas/${name}"`)
      .replaceAll(`"${component}":`, `"${name}":`);
  }
  return JSON.parse(text) as OpenAPIObject;
}
