// What a token is, while the pointer or the keyboard is on it: tips.js shows the text that is made here. With the
// keyboard one moves to a row and then, by the arrow keys, from token to token.
const hint = (token) => {
  const [position, id] = token.dataset.n.split(' ');
  const run = token.closest('.run');
  const learned = run.classList.contains('taught') ? 'supervised' : 'not supervised';
  const kind = token.classList.contains('special') ? ', special token' : '';
  token.dataset.tip = `${token.textContent} is token ${id}${kind}, position ${position}, ${run.dataset.role}, ${learned}`;
};

document.addEventListener('pointerover', (event) => {
  const token = event.target instanceof Element && event.target.closest('[data-n]');
  if (token) hint(token);
});

/** From the place of a token among `count`, or -1, to the one that a key leads to. */
const MOVES = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

document.addEventListener('keydown', (event) => {
  const row = event.target instanceof Element && event.target.closest('.tokens[tabindex]');
  const move = MOVES[event.key];
  if (!row || !move) return;
  const tokens = [...row.querySelectorAll('[data-n]')];
  const next = tokens[move(tokens.indexOf(document.activeElement), tokens.length)];
  if (!next) return;
  event.preventDefault();
  hint(next);
  next.tabIndex = -1;
  next.focus();
});
