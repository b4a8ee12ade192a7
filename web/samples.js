// The browser of items on which an arm and the base model disagree. Everything shown is set as text, never as markup:
// outputs of models may hold anything.
const data = JSON.parse(document.getElementById('disagreements').textContent);
const root = document.getElementById('browser');
const PAGE = 8;

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const choice = (name, options) =>
  make('select', { name }, ...options.map(([value, text]) => make('option', { value, textContent: text })));

function side(name, answer) {
  return make(
    'div',
    { className: answer.right ? 'side right' : 'side' },
    make(
      'p',
      {},
      make('b', { textContent: name }),
      ` ${answer.right ? '✓' : '✗'} ${answer.outcome.replace('_', ' ')}`,
    ),
    make('p', { textContent: answer.answer === '' ? 'No answer was read.' : `Answer: ${answer.answer}` }),
    make('pre', { textContent: answer.output, tabIndex: 0 }),
    make('p', { className: 'why' }, make('small', { textContent: answer.why })),
  );
}

function start() {
  const others = data.arms.filter((arm) => arm !== data.base);
  const benchmark = choice(
    'benchmark',
    data.benchmarks.map((group, i) => [String(i), `${group.title} (${group.total})`]),
  );
  const arm = choice(
    'arm',
    others.map((name) => [name, name]),
  );
  const change = choice('change', [
    ['both', 'won and lost'],
    ['won', 'won: wrong before, right after'],
    ['lost', 'lost: right before, wrong after'],
  ]);
  const search = make('input', { type: 'search', name: 'search' });
  const count = make('p', { role: 'status' });
  const list = make('div');
  const more = make('button', { type: 'button', textContent: 'Show more' });
  const labelled = (text, control) => make('label', {}, text, control);
  const form = make(
    'form',
    {},
    labelled('Benchmark', benchmark),
    labelled('Arm', arm),
    labelled('Items', change),
    labelled('Text', search),
  );
  let shown = PAGE;

  const draw = () => {
    const group = data.benchmarks[Number(benchmark.value)];
    const own = data.arms.indexOf(arm.value);
    const base = data.arms.indexOf(data.base);
    const wanted = search.value.toLowerCase();
    const items = group.items.filter(({ id, gold, answers }) => {
      if (answers[own].right === answers[base].right) return false;
      if (change.value === 'won' && !answers[own].right) return false;
      if (change.value === 'lost' && answers[own].right) return false;
      return [id, gold, answers[own].output, answers[base].output].some((text) =>
        text.toLowerCase().includes(wanted),
      );
    });
    const cut =
      group.total > group.items.length ? ` among the first ${group.items.length} of ${group.total}` : '';
    count.textContent = `${items.length} ${items.length === 1 ? 'item' : 'items'}${cut}`;
    list.replaceChildren(
      ...items
        .slice(0, shown)
        .map((item) =>
          make(
            'article',
            {},
            make('h3', { textContent: `Item ${item.place}: ${item.id}` }),
            make('p', { textContent: `Reference: ${item.gold}` }),
            make(
              'div',
              { className: 'versus' },
              side(data.base, item.answers[base]),
              side(arm.value, item.answers[own]),
            ),
          ),
        ),
    );
    more.hidden = items.length <= shown;
  };

  form.addEventListener('input', () => {
    shown = PAGE;
    draw();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  more.addEventListener('click', () => {
    shown += PAGE;
    draw();
  });
  root.append(form, count, list, more);
  draw();
}

if (root) start();
