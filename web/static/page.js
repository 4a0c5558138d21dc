/* Small comforts; every page works without them.
   `/` puts the cursor into the search box; citations get a button to copy. */
(function () {
  'use strict';

  document.addEventListener('keydown', function (event) {
    var target = event.target;
    var isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    var box = document.getElementById('q');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  function copy(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand('copy');
  }

  /* The button is made when a citation is first unfolded: a long document has
     thousands of them. `toggle` does not bubble, so it is caught on the way down. */
  document.addEventListener('toggle', function (event) {
    var details = event.target;
    if (!details.classList || !details.classList.contains('cite') || !details.open) {
      return;
    }
    var box = details.querySelector('.cite-box');
    if (!box || box.querySelector('button')) {
      return;
    }
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = '复制';
    button.addEventListener('click', function () {
      var isDone = copy(box.querySelector('.cite-text'));
      button.textContent = isDone ? '已复制' : '已选中，请按 Ctrl+C';
      window.setTimeout(function () {
        button.textContent = '复制';
      }, 2000);
    });
    box.appendChild(button);
  }, true);
}());
