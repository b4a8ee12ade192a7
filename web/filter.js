// The check boxes of the arms: an arm that is not checked fades in the figures and leaves the tables.
const form = document.querySelector('form.filter');

const apply = () => {
  const hidden = new Set(
    [...form.querySelectorAll('input')].filter((box) => !box.checked).map((box) => box.value),
  );
  for (const element of document.querySelectorAll('[data-arm]')) {
    element.classList.toggle('off', hidden.has(element.dataset.arm));
  }
};

form.addEventListener('change', apply);
// Some browsers restore check boxes when a page is loaded again.
apply();
