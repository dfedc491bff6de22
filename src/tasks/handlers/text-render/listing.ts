/** Lists whatever it is given, a line for each element or member; text and numbers as they are. */
export const LISTING = `{%- assign shape = items | json | slice: 0 -%}
{%- if shape == "[" -%}
{%- for item in items -%}
{%- assign kind = item | json | slice: 0 -%}
- {% if kind == "{" %}{% for field in item %}{{ field[0] }}: {{ field[1] }}{% unless forloop.last %}, {% endunless %}{% endfor %}{% else %}{{ item }}{% endif %}
{% endfor -%}
{%- elsif shape == "{" -%}
{%- for member in items -%}
- {{ member[0] }}: {{ member[1] }}
{% endfor -%}
{%- else -%}
{{ items }}
{% endif -%}`;
