/* Searches of this browser: the last ones, and those that were saved, with what is new in
   them since they were looked at. They are kept here alone; the service is asked for a
   saved search as for any other. */
(function () {
  'use strict';

  const page = window.plansearch;
  const place = document.querySelector('[data-live]');
  const input = document.getElementById('q');
  if (!page || !place || !input || !window.fetch) {
    return;
  }

  const MAX_RECENT = 8;
  const MAX_SAVED = 20;
  /* So many hits of a saved search are told apart; the service gives no more at once. */
  const MAX_HITS = 1000;

  function list(name) {
    let kept = [];
    try {
      kept = JSON.parse(page.read(name) || '[]');
    } catch (error) {
      kept = [];
    }
    return Array.isArray(kept) ? kept.filter(function (one) {
      return one && typeof one.label === 'string' && /^\/\?/.test(one.href);
    }) : [];
  }

  function keep(name, kept) {
    return page.keep(name, JSON.stringify(kept));
  }

  /** The address of the search that is shown, from its first hit on. */
  function here() {
    const params = new URLSearchParams(window.location.search);
    ['offset', 'limit', 'view', 'sort', 'explain', 'each'].forEach(function (name) { params.delete(name); });
    return '/?' + params;
  }

  /** What it is called: the query, and what was chosen beside it. */
  function label() {
    const chips = Array.from(place.querySelectorAll('.chip-label')).map(function (chip) { return chip.textContent.trim(); });
    return [input.value.trim()].concat(chips).filter(Boolean).join('，');
  }

  function hasResults() {
    return !place.hidden && place.querySelector('.results-count');
  }

  /* The last searches */

  page.noteSearch = function () {
    if (page.read('recent') === '0' || !hasResults() || !label()) {
      return;
    }
    const mine = { href: here(), label: label() };
    const others = list('searches').filter(function (one) { return one.href !== mine.href; });
    keep('searches', [mine].concat(others).slice(0, MAX_RECENT));
  };

  /* What is new in a saved search */

  function hits(href) {
    const params = new URLSearchParams(href.slice(2));
    params.set('limit', String(MAX_HITS));
    params.set('facets', '0');
    params.set('sort', 'date');
    params.set('each', '1');
    params.set('fields', 'total,hits.id');
    return fetch('/api/search?' + params).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    }).then(function (found) {
      return found.hits.map(function (hit) { return hit.id; });
    });
  }

  function newOnes(saved, ids) {
    const known = {};
    String(saved.known || '').split(' ').forEach(function (id) { known[' ' + id] = true; });
    return ids.filter(function (id) { return !known[' ' + id]; });
  }

  function isSaved(href) {
    return list('saved').find(function (one) { return one.href === href; });
  }

  function save(button) {
    const href = here();
    const saved = list('saved');
    if (isSaved(href)) {
      keep('saved', saved.filter(function (one) { return one.href !== href; }));
      nameSave(button);
      page.say('已取消保存');
      return;
    }
    if (saved.length >= MAX_SAVED) {
      page.say('最多保存 ' + MAX_SAVED + ' 项检索，请先在首页去掉一些');
      return;
    }
    const mine = { href: href, label: label() };
    hits(href).then(function (ids) {
      mine.known = ids.join(' ');
      if (keep('saved', [mine].concat(saved))) {
        nameSave(button);
        page.say('已保存，首页会列出这项检索和以后新增的段落');
      }
    }, function () {
      page.say('未能保存，请稍后再试');
    });
  }

  function nameSave(button) {
    const isIn = Boolean(isSaved(here()));
    button.textContent = isIn ? '取消保存' : '保存检索';
    button.setAttribute('aria-pressed', String(isIn));
  }

  /** Marks what was not there when this search was looked at last, and takes note of it. */
  function markNew() {
    const href = here();
    const saved = isSaved(href);
    if (!saved) {
      return;
    }
    hits(href).then(function (ids) {
      const fresh = newOnes(saved, ids);
      if (here() !== href) {
        return;
      }
      fresh.forEach(function (id) {
        const hit = Array.from(place.querySelectorAll('.hit')).find(function (one) {
          return one.getAttribute('data-passage') === id;
        });
        const heading = hit && hit.querySelector('.hit-heading');
        if (heading && !heading.querySelector('.is-new')) {
          heading.append(page.make('span', { class: 'is-new' }, '新增'));
        }
      });
      const line = place.querySelector('.status > p');
      if (fresh.length && line && !line.querySelector('.n-new')) {
        line.append(page.make('span', { class: 'n-new' }, '上次查看之后新增 ' + fresh.length + ' 段。'));
      }
      keep('saved', list('saved').map(function (one) {
        return one.href === href ? { href: href, label: one.label, known: ids.join(' ') } : one;
      }));
    }).catch(function () {
      /* Out of reach: it is looked at anew the next time. */
    });
  }

  function addSave() {
    const top = place.querySelector('.results-top');
    if (!top || !hasResults() || top.querySelector('.save-search')) {
      return;
    }
    const button = page.button('', 'save-search', function () { save(button); });
    nameSave(button);
    let ways = top.querySelector('.ways-on');
    if (!ways) {
      ways = page.make('p', { class: 'ways-on' });
      top.append(ways);
    }
    ways.append(' ', button);
    markNew();
  }

  /* On the start page */

  function row(name, one, tail) {
    const item = page.make('li', {}, [page.make('a', { href: one.href }, one.label)].concat(tail));
    const remove = page.button('×', 'tool tool-plain remove-search', function () {
      keep(name, list(name).filter(function (other) { return other.href !== one.href; }));
      item.remove();
    });
    remove.setAttribute('aria-label', '去掉：' + one.label);
    item.append(remove);
    return item;
  }

  function section(id, title, rows) {
    return page.make('section', { 'aria-labelledby': id, class: 'own-searches' }, [
      page.make('h2', { class: 'section-title', id: id }, title),
      page.make('ul', { class: 'own-list' }, rows),
    ]);
  }

  function showOwn() {
    const side = document.querySelector('.start-side');
    if (!side) {
      return;
    }
    document.querySelectorAll('.own-searches').forEach(function (one) { one.remove(); });
    const saved = list('saved');
    const recent = page.read('recent') === '0' ? [] : list('searches');
    const parts = [];
    if (saved.length) {
      parts.push(section('saved', '已保存的检索', saved.map(function (one) {
        const n = page.make('span', { class: 'count' });
        hits(one.href).then(function (ids) {
          const fresh = newOnes(one, ids).length;
          n.textContent = fresh ? '新增 ' + fresh + ' 段' : '无新增';
          n.classList.toggle('is-new', fresh > 0);
        }).catch(function () { n.textContent = ''; });
        return row('saved', one, [' ', n]);
      })));
    }
    if (recent.length) {
      const own = section('recent', '最近检索', recent.map(function (one) { return row('searches', one, []); }));
      own.append(page.make('p', { class: 'more' }, [page.button('清除最近检索', 'tool tool-plain', function () {
        keep('searches', []);
        own.remove();
      }), page.make('span', { class: 'facts' }, '只保存在本机浏览器中')]));
      parts.push(own);
    }
    side.prepend.apply(side, parts);
  }

  const adopt = page.adopt;
  page.adopt = function (root) {
    adopt(root);
    addSave();
  };
  addSave();
  page.noteSearch();
  showOwn();
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      showOwn();
    }
  });
}());
