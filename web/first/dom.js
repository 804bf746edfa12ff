// Building the page out of nodes. Text is only ever text: there is no way from here to markup.

/** el('p', {class: 'x', on: {click}, 'aria-label': …}, 'text', node, [nodes], null) */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (name === 'on') for (const [event, call] of Object.entries(value)) node.addEventListener(event, call);
  else if (value === false || value === null || value === undefined) return;
  else if (value === true) node.setAttribute(name, '');
  else node.setAttribute(name, String(value));
}

export const find = (id) => document.getElementById(id);

let last_id = 0;
export const fresh_id = (stem) => `${stem}-${(last_id += 1)}`;

/** Says something to those who listen rather than look, once and politely. */
export function announce(text) {
  find('announce').textContent = text;
}
