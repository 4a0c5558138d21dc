/* Runs before the first paint, so that nothing jumps: says that script is there,
   and takes up the large type that was chosen in this browser. */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');
  try {
    root.classList.toggle('large', window.localStorage.getItem('plansearch.large') === '1');
  } catch (error) {
    /* A browser that keeps nothing shows the usual size. */
  }
}());
