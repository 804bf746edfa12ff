// What the pages do better with a script: which files were chosen, and how far they have been sent. Everything works without.
const kilobytes = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

function show_chosen(input) {
  const { most, megabytes, tooMany, tooLarge } = input.dataset;
  const list = input.parentElement.querySelector('.chosen') ?? input.parentElement.appendChild(document.createElement('ul'));
  list.className = 'chosen';
  list.setAttribute('role', 'status');
  const files = [...input.files];
  const lines = files.map((file) => {
    const is_large = file.size > megabytes * 2 ** 20;
    return { text: `${file.name} · ${kilobytes(file.size)}${is_large ? ` · ${tooLarge}` : ''}`, is_large };
  });
  const is_many = files.length > most;
  if (is_many) lines.unshift({ text: tooMany, is_large: true });
  list.replaceChildren(...lines.slice(0, 12).map(({ text, is_large }) => {
    const item = document.createElement('li');
    item.textContent = text;
    item.dir = 'auto';
    if (is_large) item.className = 'error';
    return item;
  }));
  input.setCustomValidity(is_many || lines.some((line) => line.is_large) ? lines.find((line) => line.is_large).text : '');
}

/** Sends the form with a bar of progress; whatever does not go well is left to the browser's own way. */
function send(form, button, sending) {
  const request = new XMLHttpRequest();
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', sending);
  button.before(bar);
  button.disabled = true;
  const plainly = () => {
    bar.remove();
    button.disabled = false;
    form.submit();
  };
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
  request.onerror = plainly;
  request.onload = () => {
    const is_done = request.status === 200 && request.getResponseHeader('Content-Type') === 'application/json';
    if (is_done) location.assign(JSON.parse(request.responseText).location);
    else plainly();
  };
  request.send(new FormData(form));
}

for (const input of document.querySelectorAll('input[type=file]')) {
  const { form } = input;
  input.addEventListener('change', () => show_chosen(input));
  form.addEventListener('submit', (event) => {
    if (input.files.length === 0) return;
    event.preventDefault();
    send(form, form.querySelector('button'), input.dataset.sending);
  });
}
