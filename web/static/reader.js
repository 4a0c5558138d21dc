/* The reader with script: from match to match with a count, and the outline shows
   where one is. */
(function () {
  'use strict';

  const page = window.plansearch;
  const text = document.querySelector('.document-text');
  if (!page || !text) {
    return;
  }

  /* An address that names a passage of another part by its fragment alone */

  const named = /^#p(\d+)$/.exec(window.location.hash);
  if (named && !document.getElementById('p' + named[1])) {
    const target = new URL(window.location.href);
    target.searchParams.delete('p');
    target.searchParams.delete('s');
    const part = String(Math.floor(Number(named[1]) / Number(text.dataset.partPassages)) + 1);
    if (target.searchParams.get('part') !== part) {
      target.searchParams.set('part', part);
      window.location.replace(target.href);
      return;
    }
  }

  /* Matches: those of this part of the document, and the way to the next part */

  const marks = Array.from(text.querySelectorAll('mark'));
  const place = document.querySelector('[data-match-nav]');
  const nBefore = Number(place && place.dataset.nBefore) || 0;
  const nAfter = Number(place && place.dataset.nAfter) || 0;
  const total = nBefore + marks.length + nAfter;
  let current = -1;

  /** Whether one came here backwards, from a later part. */
  function isFromBehind() {
    try {
      const kept = window.sessionStorage.getItem('plansearch.back') === window.location.href;
      window.sessionStorage.removeItem('plansearch.back');
      return kept;
    } catch (error) {
      return false;
    }
  }

  function markOfFound() {
    const found = text.querySelectorAll('[data-passage].found mark');
    return found.length ? marks.indexOf(found[isFromBehind() ? found.length - 1 : 0]) : -1;
  }

  function goBeyond(href, step) {
    const target = new URL(href, window.location.href).href;
    try {
      if (step < 0) {
        window.sessionStorage.setItem('plansearch.back', target);
      }
    } catch (error) {
      /* Then the first match of the passage is the current one. */
    }
    window.location.assign(target);
  }

  if (place && total) {
    const count = page.make('span', { class: 'match-at', role: 'status' });
    const show = function () {
      count.textContent = current < 0
        ? '命中 ' + total + ' 处'
        : '第 ' + (nBefore + current + 1) + ' 处，共 ' + total + ' 处';
    };
    page.goToMatch = function (step) {
      let next = current + step;
      if (current < 0) {
        next = step > 0 ? 0 : marks.length - 1;
      }
      if (next < 0 || next >= marks.length) {
        const beyond = step > 0 ? place.dataset.after : place.dataset.before;
        if (beyond) {
          goBeyond(beyond, step);
          return;
        }
        if (nBefore + nAfter) {
          page.say(step > 0 ? '已是最后一处' : '已是第一处');
          return;
        }
        next = step > 0 ? 0 : marks.length - 1;
      }
      if (current >= 0) {
        marks[current].classList.remove('is-current');
      }
      current = next;
      marks[current].classList.add('is-current');
      marks[current].scrollIntoView({ block: 'center', inline: 'nearest' });
      page.goTo(marks[current].closest('[data-passage]'));
      show();
    };
    const previous = page.button('上一处', 'tool', function () { page.goToMatch(-1); });
    const next = page.button('下一处', 'tool', function () { page.goToMatch(1); });
    previous.title = '上一处命中（p）';
    next.title = '下一处命中（n）';
    place.append(page.make('div', { class: 'match-bar', role: 'group', 'aria-label': '命中' }, [previous, count, next]));
    current = markOfFound();
    if (current >= 0) {
      marks[current].classList.add('is-current');
    }
    show();
  }

  /* Links of passages: copied, and where one is, without loading the page anew */

  document.addEventListener('click', function (event) {
    const link = event.target.closest('.tools .anchor');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    page.copy(link.href, '已复制本段链接');
    window.history.replaceState(null, '', window.location.pathname + window.location.search + link.hash);
  });

  /* A finger means a passage by touching it: its tools come forward. */

  text.addEventListener('click', function (event) {
    const block = event.target.closest('.block');
    if (!block || event.target.closest('a, button, summary, .cite-box') || String(window.getSelection())) {
      return;
    }
    const before = text.querySelector('.is-meant');
    if (before) {
      before.classList.remove('is-meant');
    }
    if (before !== block) {
      block.classList.add('is-meant');
    }
  });

  const ways = document.querySelector('.document-ways');
  if (ways) {
    ways.prepend(page.button('打印', 'tool', function () { window.print(); }));
  }

  /* Outline */

  const list = document.querySelector('.outline-list');
  const steps = !list ? [] : Array.from(list.querySelectorAll('a[href^="#"]')).map(function (link) {
    return { link: link, heading: document.getElementById(link.getAttribute('href').slice(1)) };
  }).filter(function (step) {
    return step.heading;
  });
  const scroller = list && [list, list.parentElement].find(function (element) {
    return /auto|scroll/.test(window.getComputedStyle(element).overflowY);
  });
  let here = null;

  if (list && list.childElementCount > 20) {
    const find = page.make('input', { class: 'field outline-find', type: 'search', placeholder: '查找目录', 'aria-label': '查找目录', autocomplete: 'off' });
    page.whenTyped(find, 100, function () {
      const part = find.value.replace(/\s/g, '');
      Array.from(list.children).forEach(function (step) {
        step.hidden = step.textContent.replace(/\s/g, '').indexOf(part) < 0;
      });
    }, function () {});
    list.before(find);
  }

  function follow() {
    const line = window.innerHeight * 0.3;
    let first = 0;
    let last = steps.length;
    while (first < last) {
      const middle = (first + last) >> 1;
      if (steps[middle].heading.getBoundingClientRect().top <= line) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    const link = first > 0 ? steps[first - 1].link : null;
    if (link === here) {
      return;
    }
    if (here) {
      here.removeAttribute('aria-current');
    }
    if (link) {
      link.setAttribute('aria-current', 'location');
      const box = (scroller || list).getBoundingClientRect();
      const at = link.getBoundingClientRect();
      /* Only the list scrolls, never the page. */
      if (scroller && (at.top < box.top || at.bottom > box.bottom)) {
        scroller.scrollTop += at.top - box.top - box.height / 3;
      }
    }
    here = link;
  }

  if (steps.length && window.IntersectionObserver) {
    const watcher = new IntersectionObserver(follow, { rootMargin: '0px 0px -70% 0px' });
    steps.forEach(function (step) { watcher.observe(step.heading); });
  }

  /* On paper nothing is folded. */
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('.front-matter').forEach(function (box) { box.open = true; });
  });
}());
