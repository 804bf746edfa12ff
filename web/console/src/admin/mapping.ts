/** Headings that other systems use, by the field they mean. */
const meanings: [field: string, headings: RegExp][] = [
  ['external_id', /^(工单号|工单编号|投诉编号|编号|单号|id|ticket( id| no)?|case( id| no)?|number)$/i],
  ['received_at', /^(受理时间|投诉时间|创建时间|接收时间|日期|时间|received( at)?|created( at)?|date|opened)$/i],
  ['description', /^(投诉内容|内容|描述|问题描述|诉求|description|complaint|details|text|message)$/i],
  ['complainant_name', /^(客户姓名|姓名|投诉人|客户|name|customer( name)?|complainant)$/i],
  ['product', /^(产品|商品|产品名称|product|item)$/i],
  ['channel', /^(来源渠道|渠道|来源|channel|source)$/i],
  ['category', /^(类别|分类|一级分类|投诉类型|category|type)$/i],
];
const contacts: [kind: string, headings: RegExp][] = [
  ['phone', /^(联系电话|电话|手机|手机号|phone|mobile|tel(ephone)?)$/i],
  ['email', /^(邮箱|电子邮件|email|e-mail)$/i],
];

const quoted = (text: string) => JSON.stringify(text);
const linesOf = (rows: [string, RegExp][], columns: readonly string[]) =>
  rows.flatMap(([name, headings]) => {
    const found = columns.find((column) => headings.test(column.trim()));
    return found === undefined ? [] : [`${name} = ${quoted(found)}`];
  });

/** A mapping to begin from, out of the file's headings; what it could not place, a person does. */
export function suggestedMapping(columns: readonly string[]): string {
  const [fields, kinds] = [linesOf(meanings, columns), linesOf(contacts, columns)];
  const hasTime = fields.some((line) => line.startsWith('received_at'));
  return [
    'schema = "redress.import/1"',
    'system = "import"',
    '',
    '[columns]',
    ...fields,
    ...(kinds.length ? ['', '[contacts]', ...kinds] : []),
    ...(hasTime ? ['', '[received_at]', 'formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d"]', 'zone = "Asia/Shanghai"'] : []),
    '',
  ].join('\n');
}
