'use strict';
/** A list of many rows of one height, of which those in view are made, and no others. */
(function (sluice) {
  const SPARE = 6; // rows above and below those in view

  /**
   * @param options label: what the list is of; columns: [{title, name}], where name is a class;
   *     height: of a row, pixels; make(row): returns an array of elements, a cell each, and has
   *     row.href set in fill; fill(cells, item, link): shows an item; href(item): where it leads
   * @return {element, show(items)}
   */
  sluice.list = function (options) {
    const element = sluice.el('div', { class: 'vlist', role: 'table', 'aria-label': options.label });
    const head = sluice.el('div', { class: 'vlist-row vlist-head', role: 'row' });
    options.columns.forEach(function (column) {
      head.append(sluice.el('span', { role: 'columnheader', class: column.name }, column.title));
    });
    const headGroup = sluice.el('div', { role: 'rowgroup' });
    headGroup.append(head);
    const view = sluice.el('div', { class: 'vlist-view', role: 'rowgroup' });
    const space = sluice.el('div', { class: 'vlist-space', role: 'presentation' });
    view.append(space);
    element.append(headGroup, view);

    let items = [];
    let rows = new Map(); // those that are made, by the place of their item
    let pool = [];
    let planned = false;

    function newRow() {
      const line = sluice.el('div', { class: 'vlist-row', role: 'row' });
      const cells = options.columns.map(function (column) {
        return sluice.el('span', { role: 'cell', class: column.name });
      });
      const link = sluice.el('a', {});
      cells[0].append(link);
      line.append.apply(line, cells);
      line.addEventListener('click', function (event) {
        if (event.target !== link) {
          link.click();
        }
      });
      return { line: line, cells: cells, link: link };
    }

    function draw() {
      planned = false;
      const height = options.height;
      const first = Math.max(0, Math.floor(view.scrollTop / height) - SPARE);
      const last = Math.min(items.length, Math.ceil((view.scrollTop + view.clientHeight) / height) + SPARE);
      rows.forEach(function (row, at) {
        if (at < first || at >= last) {
          if (row.line.contains(document.activeElement)) {
            view.focus({ preventScroll: true });
          }
          rows.delete(at);
          pool.push(row);
        }
      });
      for (let at = first; at < last; at++) {
        if (!rows.has(at)) {
          const row = pool.pop() || newRow();
          place(row, at);
          rows.set(at, row);
          if (row.line.parentNode !== space) {
            space.append(row.line);
          }
        }
      }
      pool.forEach(function (row) { row.line.remove(); });
    }

    function place(row, at) {
      const item = items[at];
      row.line.style.transform = 'translateY(' + at * options.height + 'px)';
      row.line.setAttribute('aria-rowindex', String(at + 2));
      row.link.setAttribute('href', options.href(item));
      options.fill(row.cells, item, row.link);
    }

    function plan() {
      if (!planned) {
        planned = true;
        requestAnimationFrame(draw);
      }
    }

    function focusRow(at) {
      const wanted = Math.max(0, Math.min(items.length - 1, at));
      const top = wanted * options.height;
      if (top < view.scrollTop) {
        view.scrollTop = top;
      } else if (top + options.height > view.scrollTop + view.clientHeight) {
        view.scrollTop = top + options.height - view.clientHeight;
      }
      draw();
      const row = rows.get(wanted);
      if (row) {
        row.link.focus({ preventScroll: true });
      }
    }

    view.tabIndex = -1;
    view.addEventListener('scroll', plan, { passive: true });
    view.addEventListener('keydown', function (event) {
      let at = -1;
      rows.forEach(function (row, place) {
        at = row.link === document.activeElement ? place : at;
      });
      const page = Math.max(1, Math.floor(view.clientHeight / options.height) - 1);
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
      if (steps[event.key]) {
        focusRow(at < 0 ? Math.floor(view.scrollTop / options.height) : at + steps[event.key]);
      } else if (event.key === 'Home') {
        focusRow(0);
      } else if (event.key === 'End') {
        focusRow(items.length - 1);
      } else {
        return;
      }
      event.preventDefault();
    });
    new ResizeObserver(plan).observe(view);

    return {
      element: element,
      /** Shows other items; where the list was scrolled to stays. */
      show: function (next) {
        items = next;
        element.setAttribute('aria-rowcount', String(items.length + 1));
        space.style.height = items.length * options.height + 'px';
        rows.forEach(function (row, at) {
          if (at < items.length) {
            place(row, at);
          }
        });
        draw();
      }
    };
  };
})(window.sluice);
