/* Suggestions below the search box, by the pattern of a combobox with a list.
   Nothing happens while an input method composes, and answers that come late are
   dropped. Enter without a choice searches as ever. */
(function () {
  'use strict';

  const page = window.plansearch;
  const input = document.getElementById('q');
  const form = input && input.form;
  if (!page || !form || !window.fetch) {
    return;
  }

  const PAUSE_MS = 150;
  const LIMIT = 6;
  const IN_ROW = 3;
  const KINDS = { heading: '标题', lead: '小标题', theme: '主题', document: '文件', term: '词语' };

  const list = page.make('ul', { id: 'q-suggestions', role: 'listbox', 'aria-label': '提示' });
  const foot = page.make('p', { class: 'suggest-foot' });
  const box = page.make('div', { class: 'suggest' }, [list, foot]);
  const status = page.make('span', { class: 'visually-hidden', role: 'status' });
  box.hidden = true;
  form.append(box, status);
  /* A field of type search takes no role of a combobox. */
  input.type = 'text';
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);

  let turn = 0;
  let request = null;
  let options = [];
  let active = -1;
  /* What is known of the results: for which query, and what to say. */
  let counted = { query: '', text: '' };

  function close() {
    turn += 1;
    if (request) {
      request.abort();
      request = null;
    }
    box.hidden = true;
    list.textContent = '';
    foot.textContent = '';
    status.textContent = '';
    options = [];
    setActive(-1);
    input.setAttribute('aria-expanded', 'false');
  }

  function setActive(index) {
    active = index;
    options.forEach(function (option, at) {
      option.element.setAttribute('aria-selected', String(at === index));
    });
    if (index < 0) {
      input.removeAttribute('aria-activedescendant');
    } else {
      input.setAttribute('aria-activedescendant', options[index].element.id);
      options[index].element.scrollIntoView({ block: 'nearest' });
    }
  }

  /** The last word before the end, with what stands before it. */
  function split(value) {
    const at = Math.max(value.lastIndexOf(' '), value.lastIndexOf('　')) + 1;
    return { before: value.slice(0, at), word: value.slice(at) };
  }

  function choose(option) {
    if (option.doc) {
      close();
      window.location.assign('/documents/' + encodeURIComponent(option.doc));
      return;
    }
    const parts = split(input.value);
    const text = /\s/.test(option.text) ? '“' + option.text + '”' : option.text;
    input.value = parts.before + text;
    close();
    if (!page.live || !page.live.goAgain()) {
      form.submit();
    }
  }

  function show(found) {
    list.textContent = '';
    /* Above results that come as one types they are one row and cover none. */
    const isRow = Boolean(page.live && page.live.isOn());
    box.classList.toggle('is-row', isRow);
    options = found.suggestions.slice(0, isRow ? IN_ROW : LIMIT).map(function (suggestion, at) {
      const element = page.make('li', { id: 'q-suggestion-' + at, role: 'option', 'aria-selected': 'false' }, [
        page.make('span', { class: 'suggest-text' }, suggestion.text),
        page.make('span', { class: 'suggest-kind' }, (KINDS[suggestion.kind] || '') + ' ' + suggestion.count + ' 段' + (suggestion.doc ? '，打开' : '')),
      ]);
      const option = { element: element, text: suggestion.text, doc: suggestion.doc };
      /* Focus stays in the field. */
      element.addEventListener('mousedown', function (event) { event.preventDefault(); });
      element.addEventListener('click', function () { choose(option); });
      list.append(element);
      return option;
    });
    setActive(-1);
    box.hidden = options.length === 0;
    input.setAttribute('aria-expanded', String(options.length > 0));
  }

  function showFoot() {
    const isKnown = !box.hidden && counted.query === input.value.trim();
    foot.textContent = isKnown ? counted.text : '';
  }

  /** Says below the list what the page shows for `query`. */
  page.noteCount = function (query, text) {
    counted = { query: query, text: text };
    showFoot();
  };

  page.closeSuggestions = close;

  /** Whether the page tells the count by itself, or asking for it takes too long. */
  function hasCount() {
    return page.live && (page.live.isOn() || page.live.isSlow());
  }

  function asked(path, params) {
    return fetch(path + '?' + params, { signal: request.signal }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    });
  }

  function ask() {
    const value = input.value;
    const word = split(value).word.trim();
    if (!word || document.activeElement !== input) {
      close();
      return;
    }
    if (request) {
      request.abort();
    }
    request = new AbortController();
    turn += 1;
    const mine = turn;
    const late = function () { return mine !== turn || input.value !== value; };
    const search = new URLSearchParams(new FormData(form));
    search.set('q', value);
    search.set('limit', '0');
    asked('/api/suggest', new URLSearchParams({ q: word, limit: LIMIT })).then(function (found) {
      if (late()) {
        return null;
      }
      show(found);
      showFoot();
      status.textContent = options.length ? options.length + ' 条提示，用上下键选择' : '';
      return options.length && !hasCount() ? asked('/api/search', search) : null;
    }).then(function (found) {
      if (found && !late()) {
        const query = value.trim();
        counted = { query: query, text: '按回车检索“' + query + '”，共 ' + found.total + ' 段' };
        showFoot();
        status.textContent += '；' + counted.text;
      }
    }).catch(function () {
      /* Aborted or out of reach: the search works without suggestions. */
    });
  }

  page.whenTyped(input, PAUSE_MS, ask, close);
  input.addEventListener('blur', close);
  window.addEventListener('pagehide', close);

  input.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const n = options.length;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && n) {
      /* One step beyond either end is the field itself. */
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + 1 + step + n + 1) % (n + 1) - 1);
      event.preventDefault();
    } else if (event.key === 'ArrowDown' && input.value.trim()) {
      ask();
      event.preventDefault();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === 'Escape' && n) {
      event.preventDefault();
      close();
    }
  });
}());
