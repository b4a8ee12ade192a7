// Shows what a mark in a figure means while the pointer or the keyboard is on it.
const tip = document.getElementById('tip');

const show = (target, x, y) => {
  tip.textContent = target.dataset.tip;
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(x + 14, innerWidth - width - 8);
  const top = y + 18 + height > innerHeight ? y - height - 12 : y + 18;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, top)}px`;
};
const hide = () => {
  tip.hidden = true;
};
const marked = (event) => event.target instanceof Element && event.target.closest('[data-tip]');

document.addEventListener('pointermove', (event) => {
  const target = marked(event);
  if (target) show(target, event.clientX, event.clientY);
  else hide();
});
document.addEventListener('focusin', (event) => {
  const target = marked(event);
  if (!target) return hide();
  const box = target.getBoundingClientRect();
  show(target, box.left + box.width / 2, box.bottom - 8);
});
document.addEventListener('focusout', hide);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hide();
});
