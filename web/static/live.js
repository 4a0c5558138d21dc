/* Results as one types. After a short pause the script asks for the very page that
   Enter would open, takes the results out of it and puts them in place: the same
   template, the same address, no second way to render a hit.

   Typing begins one entry of the history and then rewrites it, until Enter or until
   the box is left; so the way back leads to what was searched before. Nothing happens
   while an input method composes. What comes late, fails or is no page of results
   changes nothing: Enter works as without script. */
(function () {
  'use strict';

  const page = window.plansearch;
  const place = document.querySelector('[data-live]');
  const input = document.getElementById('q');
  const form = input && input.form;
  if (!page || !place || !form || !window.fetch || !window.DOMParser) {
    return;
  }

  const HOME = form.getAttribute('action');
  const PAUSE_MS = 220;
  /* Slower than this, and the page stops doing it. */
  const SLOW_MS = 1000;
  /* How long nothing may change before the count is read out. */
  const SETTLED_MS = 900;

  const start = Array.from(document.querySelectorAll('[data-start]'));
  const startTitle = document.title;
  const status = page.make('p', { class: 'visually-hidden', role: 'status' });
  document.body.append(status);

  let shown = here();
  let isSettled = true;
  let isSlow = false;
  let request = null;
  let slowTimer = 0;
  let statusTimer = 0;

  function here() {
    return window.location.pathname + window.location.search;
  }

  /** The address that Enter would open. */
  function wanted() {
    return HOME + '?' + new URLSearchParams(new FormData(form));
  }

  function queryOf(address) {
    return new URLSearchParams(address.slice(address.indexOf('?') + 1)).get('q') || '';
  }

  /** Ends what is under way. */
  function stop() {
    window.clearTimeout(slowTimer);
    window.clearTimeout(statusTimer);
    if (request) {
      request.abort();
      request = null;
    }
  }

  function isOn() {
    return !isSlow && page.read('live') !== '0';
  }

  /* Showing */

  /** Which of the parts that fold stand open, so that they stay so. */
  function keepFolds(from, to) {
    const nameOf = function (details) {
      const title = details.querySelector('summary h3');
      return title ? title.textContent : details.className;
    };
    const isOpen = {};
    from.querySelectorAll('details.facet, details.fold').forEach(function (details) {
      isOpen[nameOf(details)] = details.open;
    });
    to.querySelectorAll('details.facet, details.fold').forEach(function (details) {
      const name = nameOf(details);
      if (name in isOpen) {
        details.open = isOpen[name];
      }
    });
  }

  /** Says how many there are: below the suggestions at once, to screen readers when
      nothing changes any more. */
  function tell() {
    const query = input.value.trim();
    const line = place.querySelector('.status > p');
    const isNone = place.querySelector('.no-hits') || !line;
    page.noteCount(query, isNone
      ? '没有找到“' + query + '”，下方有检索建议'
      : '下方已列出“' + query + '”的检索结果，' + line.firstChild.textContent);
    window.clearTimeout(statusTimer);
    statusTimer = window.setTimeout(function () {
      status.textContent = '“' + query + '”：' + (isNone ? '没有找到符合条件的段落' : line.textContent);
      page.noteSearch();
    }, SETTLED_MS);
  }

  function linkFeed(found) {
    const fresh = found.querySelector('link[rel="alternate"]');
    const known = document.querySelector('link[rel="alternate"]');
    if (known) {
      known.remove();
    }
    if (fresh) {
      document.head.append(document.importNode(fresh, true));
    }
  }

  /** Puts the results of the page `text` in place; says whether it has some. */
  function show(text) {
    const found = new DOMParser().parseFromString(text, 'text/html');
    const fresh = found.querySelector('[data-live]');
    /* The service sends no such thing there, and nobody else shall. */
    if (!fresh || fresh.hidden || fresh.querySelector('script, style, link, meta, base, iframe, object, embed')) {
      return false;
    }
    keepFolds(place, fresh);
    const line = fresh.querySelector('.status');
    if (line) {
      /* The count is read out when it is settled, not with each pause. */
      line.removeAttribute('role');
    }
    place.textContent = '';
    Array.from(fresh.childNodes).forEach(function (node) {
      place.append(document.importNode(node, true));
    });
    place.hidden = false;
    start.forEach(function (part) { part.hidden = true; });
    linkFeed(found);
    document.title = found.title;
    page.adopt(place);
    return true;
  }

  function showStart() {
    place.hidden = true;
    place.textContent = '';
    status.textContent = '';
    start.forEach(function (part) { part.hidden = false; });
    document.title = startTitle;
  }

  /** The entry of the history for what is shown now. */
  function enter(address) {
    if (address === shown) {
      return;
    }
    try {
      if (isSettled) {
        window.history.pushState(null, '', address);
      } else {
        window.history.replaceState(null, '', address);
      }
    } catch (error) {
      /* A browser that counts such calls refuses some; the next one succeeds. */
      return;
    }
    isSettled = false;
    shown = address;
  }

  /* Asking */

  function load(address) {
    const mine = new AbortController();
    request = mine;
    return fetch(address, { signal: mine.signal }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.text();
    });
  }

  function ask() {
    stop();
    const query = input.value.trim();
    if (!query) {
      if (start.length && !place.hidden) {
        showStart();
        enter(HOME);
      }
      return;
    }
    const address = wanted();
    if (!isOn() || query === queryOf(shown).trim()) {
      return;
    }
    const timer = window.setTimeout(function () {
      isSlow = true;
      page.say('检索用时较长，请在输入后按回车检索');
    }, SLOW_MS);
    slowTimer = timer;
    load(address).then(function (text) {
      /* Late is what is no longer typed; and what somebody has gone on to is not
         taken away. */
      if (wanted() === address && !place.contains(document.activeElement) && show(text)) {
        enter(address);
        tell();
      }
    }).catch(function () {
      /* Ended or out of reach: the page stays as it is. */
    }).then(function () {
      window.clearTimeout(timer);
    });
  }

  /* Opens the page whose results are shown, in its entry of the history: sending the
     form would make a second one of the same address. */
  function goAgain() {
    const isShown = wanted() === shown;
    if (isShown) {
      window.location.replace(shown);
    }
    return isShown;
  }

  const settle = function () { isSettled = true; };
  page.whenTyped(input, PAUSE_MS, ask, stop);
  input.addEventListener('blur', settle);
  form.addEventListener('submit', function (event) {
    stop();
    settle();
    if (goAgain()) {
      event.preventDefault();
    }
  });
  place.addEventListener('pointerdown', stop);
  window.addEventListener('pagehide', stop);

  /* The way back and forth between entries that typing made */

  window.addEventListener('popstate', function () {
    const address = here();
    if (address === shown) {
      return;
    }
    stop();
    const isHome = address === HOME;
    if (isHome && !start.length) {
      window.location.reload();
      return;
    }
    shown = address;
    settle();
    input.value = queryOf(address);
    page.closeSuggestions();
    if (isHome) {
      showStart();
      return;
    }
    load(address).then(function (text) {
      if (here() === address) {
        if (!show(text)) {
          throw new Error('no results');
        }
        tell();
      }
    }).catch(function (error) {
      if (error.name !== 'AbortError') {
        window.location.reload();
      }
    });
  });

  page.live = {
    isOn: isOn,
    goAgain: goAgain,
    isSlow: function () { return isSlow; },
  };
}());
