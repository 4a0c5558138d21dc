/* The page of the basket: order, notes, what goes and comes back. Its buttons work by
   themselves; with script they change what is kept and the page in place, when the page
   shows what is kept. */
(function () {
  'use strict';

  const page = window.plansearch;
  if (!page) {
    return;
  }

  /** What was noted on passages, by their ids. */
  function notes() {
    try {
      const kept = JSON.parse(page.read('notes') || '{}');
      return kept && typeof kept === 'object' ? kept : {};
    } catch (error) {
      return {};
    }
  }

  function keepNote(id, note) {
    const kept = notes();
    const ids = page.basket();
    if (note) {
      kept[id] = note;
    } else {
      delete kept[id];
    }
    /* Notes of what left the basket stay for a while, so that it can come back. */
    if (Object.keys(kept).length > 2 * page.maxBasket) {
      Object.keys(kept).forEach(function (one) {
        if (ids.indexOf(one) < 0) {
          delete kept[one];
        }
      });
    }
    return page.keep('notes', JSON.stringify(kept));
  }

  /** Names and values of a basket in an address, the shorter way of two. */
  function basketPairs(ids) {
    const length = function (pairs) {
      return pairs.reduce(function (sum, pair) { return sum + pair[0].length + pair[1].length + 2; }, 0);
    };
    const inRuns = pairsInRuns(ids);
    const byNumbers = pairsByNumbers(ids);
    return length(byNumbers) < length(inRuns) ? byNumbers : inRuns;
  }

  /** Documents that take turns are named first, passages by their numbers then. */
  function pairsByNumbers(ids) {
    const kept = notes();
    const documents = [];
    const pairs = [];
    let before = -1;
    ids.forEach(function (id) {
      const numbered = /^(.*)-(\d{1,9})$/.exec(id);
      const last = pairs[pairs.length - 1];
      if (numbered) {
        let nth = documents.indexOf(numbered[1]);
        if (nth < 0) {
          nth = documents.push(numbered[1]) - 1;
        }
        const step = nth === before ? numbered[2] : nth + '-' + numbered[2];
        if (last && last[0] === 'p') {
          last[1] += '.' + step;
        } else {
          pairs.push(['p', nth + '-' + numbered[2]]);
        }
        before = nth;
      } else {
        pairs.push(['id', id]);
        before = -1;
      }
      if (kept[id]) {
        pairs.push(['note', kept[id]]);
        before = -1;
      }
    });
    return documents.map(function (id) { return ['d', id]; }).concat(pairs);
  }

  /** Passages that follow each other share the id of their document. */
  function pairsInRuns(ids) {
    const kept = notes();
    const pairs = [];
    ids.forEach(function (id) {
      const numbered = /^(.*)-(\d{1,9})$/.exec(id);
      const last = pairs[pairs.length - 1];
      if (numbered && last && last[0] === 'p' && last[1].slice(0, last[1].lastIndexOf('-')) === numbered[1]) {
        last[1] += '.' + numbered[2];
      } else {
        pairs.push([numbered ? 'p' : 'id', id]);
      }
      if (kept[id]) {
        pairs.push(['note', kept[id]]);
      }
    });
    return pairs;
  }

  function basketAddress(ids) {
    const params = new URLSearchParams(basketPairs(ids));
    return '/basket' + (ids.length ? '?' + params : '');
  }

  /* A longer address is not passed on by some servers between. */
  const MAX_ADDRESS = 6000;

  /** Opens the page of the basket; a long one is sent as a form. */
  function openBasket(ids) {
    const address = basketAddress(ids);
    if (address.length <= MAX_ADDRESS) {
      window.location.replace(address);
      return;
    }
    const form = page.make('form', { method: 'post', action: '/basket' }, basketPairs(ids).map(function (pair) {
      return page.make('input', { type: 'hidden', name: pair[0], value: pair[1] });
    }));
    document.body.append(form);
    form.submit();
  }

  function shownIds() {
    return Array.from(document.querySelectorAll('#basket input[name=id]')).map(function (input) {
      return input.value;
    });
  }

  function isOwn() {
    return JSON.stringify(shownIds()) === JSON.stringify(page.basket());
  }

  /** Takes up what the page shows now: in this browser and in the address. */
  function keepShown() {
    const ids = shownIds();
    const items = document.querySelectorAll('.basket-item');
    items.forEach(function (item, at) {
      item.querySelector('[data-basket-up]').disabled = at === 0;
      item.querySelector('[data-basket-down]').disabled = at === items.length - 1;
    });
    const count = document.querySelector('[data-basket-n]');
    if (count) {
      count.textContent = String(items.length);
    }
    if (page.keepBasket(ids)) {
      showAddress(ids);
    }
  }

  function showAddress(ids) {
    const address = basketAddress(ids);
    if (address.length <= MAX_ADDRESS) {
      window.history.replaceState(null, '', address);
    }
    const link = document.querySelector('[data-basket-link]');
    if (link) {
      link.href = address;
    }
  }

  /** Tells what was done, or asks before it is, with a button each. */
  function tellAbove(text, buttons) {
    const before = document.querySelector('.basket-undo');
    if (before) {
      before.remove();
    }
    const list = document.querySelector('.basket-list');
    list.before(page.make('p', { class: 'notice basket-undo', role: 'status' }, [text].concat(buttons)));
    buttons[0].focus({ preventScroll: true });
  }

  function offerBack(text, ids) {
    tellAbove(text, [page.button('撤销', 'tool', function () {
      if (page.keepBasket(ids)) {
        openBasket(ids);
      }
    })]);
  }

  function clearBasket() {
    const ids = shownIds();
    document.querySelectorAll('#basket [data-passage]').forEach(function (one) { one.remove(); });
    page.keep('basket-before', JSON.stringify(ids));
    keepShown();
    offerBack('已清空摘录篮（' + ids.length + ' 段）。', ids);
  }

  /** Sets a passage before another, or at the end; it stays under the eyes, and focus where it was. */
  function setBefore(item, other) {
    const focused = document.activeElement;
    const top = item.getBoundingClientRect().top;
    if (other) {
      other.before(item);
    } else {
      item.parentElement.append(item);
    }
    keepShown();
    window.scrollBy(0, item.getBoundingClientRect().top - top);
    if (item.contains(focused)) {
      (focused.disabled ? item.querySelector('.basket-tools button:not([disabled])') : focused).focus({ preventScroll: true });
    }
  }

  function changeBasket(button) {
    const item = button.closest('[data-passage]');
    const ids = shownIds();
    if (button.hasAttribute('data-basket-clear')) {
      if (ids.length) {
        tellAbove('要清空 ' + ids.length + ' 段吗？', [
          page.button('清空摘录篮', 'tool', clearBasket),
          page.button('不清空', 'tool', function () {
            document.querySelector('.basket-undo').remove();
            button.focus({ preventScroll: true });
          }),
        ]);
      }
      return;
    }
    if (button.hasAttribute('data-basket-remove')) {
      item.remove();
      keepShown();
      offerBack('已移出 1 段。', ids);
      return;
    }
    const isUp = button.hasAttribute('data-basket-up');
    const other = isUp ? item.previousElementSibling : item.nextElementSibling;
    if (other) {
      setBefore(item, isUp ? other : other.nextElementSibling);
    }
  }

  /* Order by hand: the handle of a passage is drawn, by mouse or finger, or moved by keys. */

  function sayPlace(item) {
    const items = Array.from(document.querySelectorAll('.basket-item'));
    page.say('现为第 ' + (items.indexOf(item) + 1) + ' 段，共 ' + items.length + ' 段');
  }

  function moveByKey(event, item) {
    const list = item.parentElement;
    const before = {
      ArrowUp: item.previousElementSibling,
      ArrowDown: item.nextElementSibling && item.nextElementSibling.nextElementSibling,
      Home: list.firstElementChild,
      End: null,
    };
    if (!(event.key in before) || (event.key === 'ArrowUp' && !before.ArrowUp)) {
      return;
    }
    event.preventDefault();
    if (before[event.key] !== item) {
      setBefore(item, before[event.key]);
    }
    sayPlace(item);
  }

  function startDrag(event, item, handle) {
    if (event.button) {
      return;
    }
    event.preventDefault();
    handle.focus({ preventScroll: true });
    item.classList.add('is-drawn');
    const edge = 60;
    const follow = function (moved) {
      if (moved.clientY < edge) {
        window.scrollBy(0, -20);
      } else if (moved.clientY > window.innerHeight - edge) {
        window.scrollBy(0, 20);
      }
      const over = Array.from(item.parentElement.children).find(function (one) {
        const box = one.getBoundingClientRect();
        return one !== item && moved.clientY > box.top && moved.clientY < box.bottom;
      });
      if (!over) {
        return;
      }
      /* Past its middle only, or two of unlike heights would change places for ever. */
      const box = over.getBoundingClientRect();
      const isBelow = over.compareDocumentPosition(item) === window.Node.DOCUMENT_POSITION_PRECEDING;
      if (isBelow ? moved.clientY > box.top + box.height / 2 : moved.clientY < box.top + box.height / 2) {
        item.parentElement.insertBefore(item, isBelow ? over.nextElementSibling : over);
      }
    };
    const end = function () {
      document.removeEventListener('pointermove', follow);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      item.classList.remove('is-drawn');
      keepShown();
      handle.focus({ preventScroll: true });
      sayPlace(item);
    };
    document.addEventListener('pointermove', follow);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  function addHandles() {
    document.querySelectorAll('.basket-item').forEach(function (item) {
      const handle = page.make('button', { type: 'button', class: 'tool basket-handle', title: '拖动，或按上下方向键排序' });
      nameHandle(handle, item);
      handle.addEventListener('keydown', function (event) { moveByKey(event, item); });
      handle.addEventListener('pointerdown', function (event) { startDrag(event, item, handle); });
      item.querySelector('.basket-head').prepend(handle);
    });
  }

  function nameHandle(handle, item) {
    handle.append(page.icon('drag'), page.make('span', { class: 'visually-hidden' },
      '排序：' + item.querySelector('.basket-cite').textContent.replace(/^——/, '')));
  }

  /** Notes are kept in this browser as they are written. */
  function watchNotes() {
    const kept = notes();
    document.querySelectorAll('.basket-item').forEach(function (item) {
      const id = item.getAttribute('data-passage');
      const field = item.querySelector('textarea');
      const take = function () {
        if (keepNote(id, field.value.trim())) {
          showAddress(shownIds());
        }
      };
      if (kept[id]) {
        field.value = kept[id];
      } else if (field.value) {
        take();
      }
      page.whenTyped(field, 300, take, function () {});
      field.addEventListener('change', take);
    });
    showAddress(shownIds());
  }

  /** Passages of files that were edited since have other ids now. */
  function renew(kept) {
    const items = Array.from(document.querySelectorAll('.basket-item[data-former]'));
    const now = kept.map(function (id) {
      const item = items.find(function (one) { return one.getAttribute('data-former') === id; });
      return item ? item.getAttribute('data-passage') : id;
    });
    const renewed = now.filter(function (id, at) { return now.indexOf(id) === at; });
    if (JSON.stringify(renewed) !== JSON.stringify(kept)) {
      page.keep('basket', JSON.stringify(renewed));
    }
    return renewed;
  }

  /** The basket that was cleared last can come back, after other pages too. */
  function offerCleared() {
    let ids = [];
    try {
      ids = JSON.parse(page.read('basket-before') || '[]');
    } catch (error) {
      ids = [];
    }
    const empty = document.querySelector('[data-basket-empty]');
    if (empty && ids.length) {
      empty.append(page.make('p', {}, page.button('恢复上次清空的 ' + ids.length + ' 段', 'tool', function () {
        if (page.keepBasket(ids)) {
          openBasket(ids);
        }
      })));
    }
  }

  function startBasketPage() {
    const kept = renew(page.basket());
    const shown = shownIds();
    if (!shown.length) {
      if (kept.length && !window.location.search) {
        openBasket(kept);
      } else {
        offerCleared();
      }
      return;
    }
    const title = document.querySelector('.results-top');
    if (isOwn()) {
      addHandles();
      watchNotes();
    } else if (title) {
      const take = page.button('并入本机摘录篮', 'tool', function () {
        document.querySelectorAll('.basket-item').forEach(function (item) {
          const note = item.querySelector('textarea').value.trim();
          if (note) {
            keepNote(item.getAttribute('data-passage'), note);
          }
        });
        page.addToBasket(shownIds());
        openBasket(page.basket());
      });
      title.after(page.make('p', { class: 'notice' }, ['这是地址中列出的段落，不是本机摘录篮。', take]));
    }
    document.addEventListener('click', function (event) {
      const button = event.target.closest('[data-basket-remove], [data-basket-up], [data-basket-down], [data-basket-clear]');
      if (button && isOwn()) {
        event.preventDefault();
        changeBasket(button);
      }
      const link = event.target.closest('[data-basket-link]');
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        page.copy(link.href, '已复制本页链接，附注写在链接里');
      }
    });
  }

  startBasketPage();
}());
