/* What every page has with script: large type, copying, the basket, keys, help.
   Every page works without. Plain script for Chromium 78; no other host is asked. */
(function () {
  'use strict';

  const page = {};
  window.plansearch = page;

  /* Keeping things in this browser */

  page.read = function (name) {
    try {
      return window.localStorage.getItem('plansearch.' + name);
    } catch (error) {
      return null;
    }
  };

  page.keep = function (name, value) {
    try {
      window.localStorage.setItem('plansearch.' + name, value);
      return true;
    } catch (error) {
      page.say('本浏览器不允许保存，此项设置只在当前页面有效');
      return false;
    }
  };

  /* Making elements. Text is always set as text, never as markup. */

  page.make = function (tag, attributes, content) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    [].concat(content || []).forEach(function (piece) {
      element.append(piece);
    });
    return element;
  };

  page.button = function (label, className, onClick) {
    const button = page.make('button', { type: 'button', class: className }, label);
    button.addEventListener('click', onClick);
    return button;
  };

  /** A small picture of a button. */
  page.icon = function (name) {
    const space = 'http://www.w3.org/2000/svg';
    const picture = document.createElementNS(space, 'svg');
    const use = document.createElementNS(space, 'use');
    use.setAttribute('href', document.body.dataset.icons + '#' + name);
    picture.setAttribute('class', 'icon');
    picture.setAttribute('aria-hidden', 'true');
    picture.setAttribute('width', '18');
    picture.setAttribute('height', '18');
    picture.append(use);
    return picture;
  };

  /* Typing. `act` is called after a pause, never while an input method composes;
     `stop` when composing begins. */

  page.whenTyped = function (input, pauseMs, act, stop) {
    let isComposing = false;
    let timer = 0;
    const wait = function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        timer = 0;
        act();
      }, pauseMs);
    };
    input.addEventListener('compositionstart', function () {
      isComposing = true;
      window.clearTimeout(timer);
      timer = 0;
      stop();
    });
    input.addEventListener('compositionend', function () {
      isComposing = false;
      wait();
    });
    input.addEventListener('input', function (event) {
      if (!isComposing && !event.isComposing) {
        wait();
      }
    });
    input.addEventListener('keydown', function (event) {
      /* A key for the input method: what it makes of it comes next. */
      if (event.keyCode === 229 && timer) {
        wait();
      }
    });
  };

  /* Telling what happened, to eyes and to screen readers */

  const toast = page.make('div', { class: 'toast', role: 'status' });
  let toastTimer = 0;
  document.body.append(toast);

  page.say = function (text) {
    toast.textContent = text;
    toast.classList.add('is-shown');
    window.clearTimeout(toastTimer);
    toastTimer = window.setTimeout(function () {
      toast.classList.remove('is-shown');
      toast.textContent = '';
    }, 4000);
  };

  /* Copying. `navigator.clipboard` is missing on http addresses of an intranet,
     so the old command goes first; focus and selection stay where they were. */

  function copyByCommand(text, html) {
    const both = function (event) {
      event.clipboardData.setData('text/plain', text);
      event.clipboardData.setData('text/html', html);
      event.preventDefault();
    };
    const focused = document.activeElement;
    const area = page.make('textarea', { class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true' });
    area.value = text;
    (document.querySelector('dialog[open]') || document.body).append(area);
    area.select();
    let isDone = false;
    if (html) {
      document.addEventListener('copy', both);
    }
    try {
      isDone = document.execCommand('copy');
    } catch (error) {
      isDone = false;
    }
    document.removeEventListener('copy', both);
    area.remove();
    if (focused && focused.focus) {
      focused.focus({ preventScroll: true });
    }
    return isDone;
  }

  page.copy = function (text, done, html) {
    const finish = function (isDone) {
      page.say(isDone ? done : '浏览器不允许复制，请选中文字后按 Ctrl+C');
    };
    if (copyByCommand(text, html)) {
      finish(true);
    } else if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () {
        finish(true);
      }, function () {
        finish(false);
      });
    } else {
      finish(false);
    }
  };

  /* Passages: text and citations come from the service, once for each */

  const known = {};

  page.passage = function (id) {
    if (!known[id]) {
      known[id] = fetch('/api/passages/' + encodeURIComponent(id)).then(function (answer) {
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return answer.json();
      });
      known[id].catch(function () {
        delete known[id];
      });
    }
    return known[id];
  };

  const FORMS = [
    ['place', '出处'],
    ['official', '公文引用'],
    ['gbt7714_2025', 'GB/T 7714—2025'],
    ['gbt7714_2015', 'GB/T 7714—2015'],
  ];

  function citation(passage, form) {
    return (form !== 'place' && passage.citations[form]) || passage.citation;
  }

  function chosenForm() {
    const kept = page.read('form');
    return FORMS.some(function (form) { return form[0] === kept; }) ? kept : 'place';
  }

  /** A row of a table whose cells stand under its head. */
  function rowOf(passage) {
    const table = passage.table;
    const n = table && table.header.length;
    const fits = table && table.row !== null && table.cells.length && (!n || n === table.cells.length);
    return fits && !table.damaged ? table : null;
  }

  /** The text to paste: of a table row with caption and head, then the source. */
  function quoted(passage) {
    const row = rowOf(passage);
    const lines = [];
    if (row) {
      lines.push(row.caption, row.header.join('\t'), row.cells.join('\t'));
    } else {
      lines.push(passage.text);
    }
    lines.push('——' + citation(passage, chosenForm()));
    return lines.filter(Boolean).join('\n');
  }

  /** The same for programs that take tables. */
  function quotedAsTable(passage) {
    const row = rowOf(passage);
    if (!row) {
      return '';
    }
    const line = function (cells, tag) {
      return page.make('tr', {}, cells.map(function (cell) { return page.make(tag, {}, cell); }));
    };
    const lines = (row.header.length ? [line(row.header, 'th')] : []).concat(line(row.cells, 'td'));
    const whole = page.make('div', {}, [
      page.make('p', {}, row.caption),
      page.make('table', { border: '1' }, lines),
      page.make('p', {}, '——' + citation(passage, chosenForm())),
    ]);
    return new window.XMLSerializer().serializeToString(whole);
  }

  function copyPassage(id) {
    page.passage(id).then(function (found) {
      page.copy(quoted(found.passage), '已复制原文和出处', quotedAsTable(found.passage));
    }, function () {
      page.say('未能取得这一段，请稍后再试');
    });
  }

  /* The basket: ids in this browser, nothing at the service */

  const MAX_BASKET = 500;
  page.maxBasket = MAX_BASKET;

  page.basket = function () {
    let ids = [];
    try {
      ids = JSON.parse(page.read('basket') || '[]');
    } catch (error) {
      ids = [];
    }
    return Array.isArray(ids) ? ids.filter(function (id) { return typeof id === 'string' && id; }) : [];
  };

  page.keepBasket = function (ids) {
    const isKept = page.keep('basket', JSON.stringify(ids));
    showBasket();
    return isKept;
  };

  /** Puts passages into the basket; says how many are new. */
  page.addToBasket = function (added) {
    const ids = page.basket();
    const before = ids.length;
    added.forEach(function (id) {
      if (ids.indexOf(id) < 0 && ids.length < MAX_BASKET) {
        ids.push(id);
      }
    });
    const isFull = ids.length === MAX_BASKET;
    if (page.keepBasket(ids)) {
      page.say('已加入 ' + (ids.length - before) + ' 段，摘录篮现有 ' + ids.length + ' 段'
        + (isFull ? '，已满' : ''));
    }
  };

  function toggleBasket(id) {
    const ids = page.basket();
    const at = ids.indexOf(id);
    if (at >= 0) {
      ids.splice(at, 1);
    } else if (ids.length >= MAX_BASKET) {
      page.say('摘录篮最多放 ' + MAX_BASKET + ' 段，请先导出或移出一部分');
      return;
    } else {
      ids.push(id);
    }
    if (page.keepBasket(ids)) {
      page.say((at >= 0 ? '已移出摘录篮' : '已加入摘录篮') + '，现有 ' + ids.length + ' 段');
    }
  }

  function nameButton(button, what, picture) {
    const place = button.closest('[data-passage]');
    const cited = place && place.querySelector('.cite > summary .visually-hidden, .basket-cite');
    const name = (place && place.getAttribute('data-name')) || (cited ? cited.textContent.replace(/^(引用：|——)/, '') : '');
    button.textContent = '';
    button.append(page.icon(picture), page.make('span', { class: 'tool-word' }, what), page.make('span', { class: 'visually-hidden' },
      name ? '：' + name : ''));
    button.title = what;
  }

  /** What other scripts do when a search is settled. */
  page.noteSearch = function () {};

  function showBasket() {
    const ids = page.basket();
    document.querySelectorAll('[data-basket]').forEach(function (link) {
      let count = link.querySelector('.basket-count');
      if (!count) {
        count = page.make('span', { class: 'basket-count' });
        link.append(' ', count);
      }
      count.textContent = ids.length ? ids.length + ' 段' : '';
    });
    document.querySelectorAll('[data-basket-toggle]').forEach(function (button) {
      const isIn = ids.indexOf(button.getAttribute('data-basket-toggle')) >= 0;
      if (button.childElementCount && button.classList.contains('is-in') === isIn) {
        return;
      }
      nameButton(button, isIn ? '移出摘录篮' : '加入摘录篮', isIn ? 'in' : 'basket');
      button.classList.toggle('is-in', isIn);
    });
  }

  /* Boxes of hits, and all that a search found */

  function showPicks() {
    const form = document.getElementById('take');
    const n = document.querySelectorAll('.pick input:checked').length;
    const button = form && form.querySelector('[data-take]');
    if (button) {
      button.classList.toggle('is-on', n > 0);
      button.textContent = '所选 ' + n + ' 段加入摘录篮';
    }
  }

  document.addEventListener('change', function (event) {
    if (event.target.closest('.pick')) {
      showPicks();
    }
  });

  document.addEventListener('submit', function (event) {
    if (event.target.id !== 'take') {
      return;
    }
    event.preventDefault();
    const picked = Array.from(document.querySelectorAll('.pick input:checked'));
    page.addToBasket(picked.map(function (box) { return box.value; }));
    picked.forEach(function (box) { box.checked = false; });
    showPicks();
  });

  document.addEventListener('click', function (event) {
    const link = event.target.closest('[data-take-all]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const params = new URL(link.href).searchParams;
    params.set('limit', String(MAX_BASKET));
    params.delete('offset');
    params.delete('view');
    if (!params.has('each')) {
      params.set('each', '0');
    }
    fetch('/api/search?' + params).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    }).then(function (found) {
      page.addToBasket(found.hits.map(function (hit) { return hit.id; }));
    }).catch(function () {
      window.location.assign(link.href);
    });
  });

  /* What is unfolded above the page closes by Esc and by a click beside it */

  const OPEN = 'details.cite[open], details.menu[open], details.more-themes[open]';

  document.addEventListener('click', function (event) {
    document.querySelectorAll(OPEN).forEach(function (details) {
      if (!details.contains(event.target)) {
        details.open = false;
      }
    });
  });
  document.addEventListener('keydown', function (event) {
    const opened = document.querySelectorAll(OPEN);
    if (event.key !== 'Escape' || event.isComposing || !opened.length) {
      return;
    }
    opened.forEach(function (details) {
      const hadFocus = details.contains(document.activeElement);
      details.open = false;
      if (hadFocus) {
        details.querySelector('summary').focus({ preventScroll: true });
      }
    });
  });

  /* The buttons of a passage. They are made when the passage comes near: a long
     document has thousands. */

  function addActions(place) {
    const passage = place.closest('[data-passage]');
    if (!passage || place.childElementCount > 0) {
      return;
    }
    const id = passage.getAttribute('data-passage');
    const ahead = function () {
      page.passage(id).catch(function () {});
    };
    const copy = page.button('', 'tool tool-copy', function () { copyPassage(id); });
    copy.addEventListener('pointerenter', ahead);
    place.append(copy);
    nameButton(copy, '复制', 'copy');
    copy.title = '复制原文和出处（y）';
    if (!document.querySelector('.basket-list')) {
      const toggle = page.button('', 'tool tool-basket', function () { toggleBasket(id); });
      toggle.setAttribute('data-basket-toggle', id);
      place.append(toggle);
    }
  }

  function watchActions(root) {
    const passages = root.querySelectorAll('[data-passage]');
    const add = function (passage) {
      passage.querySelectorAll('[data-actions]').forEach(addActions);
    };
    if (!window.IntersectionObserver) {
      passages.forEach(add);
      return;
    }
    /* The passage is watched: its empty place may take no room and never come near. */
    const watcher = new IntersectionObserver(function (entries) {
      const near = entries.filter(function (entry) { return entry.isIntersecting; });
      near.forEach(function (entry) {
        watcher.unobserve(entry.target);
        add(entry.target);
      });
      if (near.length) {
        showBasket();
      }
    }, { rootMargin: '800px' });
    passages.forEach(function (passage) { watcher.observe(passage); });
  }

  /** Takes up passages that came onto the page. */
  page.adopt = function (root) {
    watchActions(root);
    showPicks();
  };

  /* The forms of a citation, when the citation of a passage is unfolded. `toggle`
     does not bubble, so it is caught on the way down. */

  function formRow(label, text, done) {
    return page.make('div', { class: 'cite-form' }, [
      page.make('dt', {}, label),
      page.make('dd', {}, text),
      page.make('dd', { class: 'cite-copy' }, page.button('复制', 'tool', function () {
        page.copy(text, done);
      })),
    ]);
  }

  function formChoice() {
    const choice = page.make('select', {}, FORMS.map(function (form) {
      return page.make('option', { value: form[0] }, form[1]);
    }));
    choice.value = chosenForm();
    choice.addEventListener('change', function () {
      if (page.keep('form', choice.value)) {
        page.say('以后复制原文时附“' + choice.options[choice.selectedIndex].text + '”');
      }
    });
    return page.make('label', { class: 'cite-choice' }, ['复制原文时附：', choice]);
  }

  function addForms(box, passage, found) {
    const shown = found.passage;
    const rows = FORMS.filter(function (form) {
      return form[0] === 'place' || shown.citations[form[0]];
    }).map(function (form) {
      return formRow(form[1], citation(shown, form[0]), '已复制引文');
    });
    const anchor = passage.querySelector('.anchor, .hit-heading a');
    if (anchor) {
      rows.push(formRow('本段地址', anchor.href, '已复制本段地址'));
    }
    const parts = [page.make('dl', { class: 'cite-forms' }, rows)];
    if (shown.citations.missing.length) {
      parts.push(page.make('p', { class: 'facts' },
        '来源文件未注明' + shown.citations.missing.join('、') + '，引文中从缺。'));
    }
    parts.push(formChoice());
    /* The way to the file of the document stays. */
    const ways = Array.from(box.querySelectorAll('p:not(.cite-text)'));
    box.textContent = '';
    box.classList.add('has-forms');
    box.append.apply(box, parts.concat(ways));
  }

  document.addEventListener('toggle', function (event) {
    const details = event.target;
    const box = details.open && details.querySelector && details.querySelector('.cite-box');
    const passage = box && details.closest('[data-passage]');
    if (!passage || box.classList.contains('has-forms')) {
      return;
    }
    page.passage(passage.getAttribute('data-passage')).then(function (found) {
      addForms(box, passage, found);
    }, function () {
      page.say('未能取得其他引用格式，请稍后再试');
    });
  }, true);

  /* Large type */

  document.querySelectorAll('[data-display]').forEach(function (place) {
    const root = document.documentElement;
    const button = page.button('大字', 'tool display-large', function () {
      const isLarge = root.classList.toggle('large');
      button.setAttribute('aria-pressed', String(isLarge));
      page.keep('large', isLarge ? '1' : '0');
    });
    button.setAttribute('aria-pressed', String(root.classList.contains('large')));
    place.append(button);
  });

  /* Keys */

  const KEYS = [
    ['/', '到检索框'],
    ['j　k', '下一条、上一条结果或段落'],
    ['n　p', '下一处、上一处命中（阅读页）'],
    ['y', '复制当前段落的原文和出处'],
    ['b', '将当前段落加入或移出摘录篮'],
    ['?', '显示本说明'],
    ['Esc', '收起提示或说明'],
  ];
  let dialog = null;

  function hasKeys() {
    return page.read('keys') !== '0';
  }

  /** A box to tick, kept in this browser; what is not kept is on. */
  function choice(name, label) {
    const box = page.make('input', { type: 'checkbox' });
    box.checked = page.read(name) !== '0';
    box.addEventListener('change', function () {
      page.keep(name, box.checked ? '1' : '0');
    });
    return page.make('label', { class: 'keys-switch' }, [box, ' ' + label]);
  }

  function showHelp() {
    if (!dialog) {
      dialog = page.make('dialog', { class: 'keys-dialog', 'aria-labelledby': 'keys-title' }, [
        page.make('h2', { id: 'keys-title' }, '快捷键和设置'),
        page.make('dl', {}, KEYS.map(function (key) {
          return page.make('div', {}, [
            page.make('dt', {}, page.make('kbd', {}, key[0])),
            page.make('dd', {}, key[1]),
          ]);
        })),
        choice('keys', '启用单键快捷键'),
        choice('live', '边输入边显示检索结果'),
        choice('recent', '在首页列出最近检索'),
        page.button('关闭', 'tool', function () { dialog.close(); }),
        page.make('a', { class: 'keys-more', href: '/help' }, '使用帮助'),
      ]);
      document.body.append(dialog);
    }
    if (!dialog.open) {
      const before = document.activeElement;
      dialog.showModal();
      dialog.addEventListener('close', function () {
        if (before && before.focus) {
          before.focus({ preventScroll: true });
        }
      }, { once: true });
    }
  }
  page.showHelp = showHelp;

  /** The passage that a key went to last, until focus goes elsewhere. */
  let reached = null;

  page.goTo = function (passage) {
    reached = passage;
  };
  document.addEventListener('focusin', function () { reached = null; });

  function isInView(passage) {
    const box = passage.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  }

  /** Where one is by the keys: the passage reached, or with focus, or the found one. */
  function keyPassage() {
    const focused = document.activeElement && document.activeElement.closest('[data-passage]');
    return reached || focused || document.querySelector('[data-passage].found');
  }

  /** The passage that keys mean: that where one is, or else the first in view. */
  function currentPassage() {
    const passage = keyPassage();
    if (passage && isInView(passage)) {
      return passage;
    }
    return Array.from(document.querySelectorAll('[data-passage]')).find(isInView) || passage;
  }

  function move(step) {
    const passages = Array.from(document.querySelectorAll('[data-passage]'));
    if (!passages.length) {
      return;
    }
    const from = keyPassage();
    const at = from ? passages.indexOf(from) + step : 0;
    const next = passages[Math.max(0, Math.min(passages.length - 1, at))];
    if (next === from) {
      page.say(step > 0 ? '已是本页最后一段' : '已是本页第一段');
    }
    const link = next.querySelector('.hit-heading a');
    if (!link) {
      next.setAttribute('tabindex', '-1');
    }
    (link || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }

  function isTyping(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }

  document.addEventListener('keydown', function (event) {
    const isComposing = event.isComposing || event.keyCode === 229;
    if (isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target) || document.querySelector('dialog[open]')) {
      return;
    }
    if (!hasKeys() && event.key !== '?') {
      return;
    }
    const passage = /^[yb]$/.test(event.key) ? currentPassage() : null;
    const id = passage && passage.getAttribute('data-passage');
    const box = document.getElementById('q');
    if (event.key === '/' && box) {
      box.focus();
      box.select();
    } else if (event.key === 'j' || event.key === 'k') {
      move(event.key === 'j' ? 1 : -1);
    } else if ((event.key === 'n' || event.key === 'p') && page.goToMatch) {
      page.goToMatch(event.key === 'n' ? 1 : -1);
    } else if (event.key === 'y' && id) {
      copyPassage(id);
    } else if (event.key === 'b' && id) {
      toggleBasket(id);
    } else if (event.key === '?') {
      showHelp();
    } else {
      return;
    }
    event.preventDefault();
  });

  const footer = document.querySelector('.footer-links');
  if (footer) {
    footer.append(page.make('li', {}, page.button('快捷键和设置', 'tool tool-plain', showHelp)));
  }

  /* Start, and again when a page comes back from the browser's memory */

  page.adopt(document);
  showBasket();
  window.addEventListener('storage', showBasket);
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      showBasket();
    }
  });
}());
